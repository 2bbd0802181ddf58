import { writeGuides } from "./guides";

void writeGuides();
