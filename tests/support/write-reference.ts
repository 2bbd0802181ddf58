import { writeReference } from "./reference/pages";

writeReference();
