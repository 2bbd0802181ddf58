import { readFileSync } from "node:fs";
import { readStackFile } from "../../../cli/stack/stack-file";

/** The arguments of the mesh in a stack's configuration file; a text stands for each encrypted one. */
export function meshIn(configFile: string): unknown {
  return readStackFile(readFileSync(configFile, "utf8"), configFile, () => "secret").mesh;
}
