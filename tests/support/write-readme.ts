import { writePicture } from "./readme";

void writePicture();
