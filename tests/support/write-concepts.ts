import { writeConcepts } from "./concepts";

void writeConcepts();
