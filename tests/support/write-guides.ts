import { writeCheckPage } from "./check-page";
import { writeGuides } from "./guides";

void writeGuides();
writeCheckPage();
