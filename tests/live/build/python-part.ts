import { rm } from "node:fs/promises";
import { inCache } from "./cache";
import { run } from "./command";
import type { PythonPart } from "./parts";

/** Makes an environment with the packages; a half-made one is thrown away first. */
export async function buildPythonPart(part: PythonPart, say: (text: string) => void): Promise<void> {
  const folder = inCache(part.name);
  await rm(folder, { recursive: true, force: true });
  say("making a Python environment");
  await run("python3", ["-m", "venv", folder]);
  say(`installing ${part.packages.join(", ")}`);
  await run(inCache(part.name, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", ...part.packages]);
}
