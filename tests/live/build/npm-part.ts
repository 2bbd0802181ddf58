import { mkdir, rm, writeFile } from "node:fs/promises";
import { inCache } from "./cache";
import { run } from "./command";
import type { NpmPart } from "./parts";

/** Installs the packages into a folder of their own; a half-made one is thrown away first. */
export async function buildNpmPart(part: NpmPart, say: (text: string) => void): Promise<void> {
  const folder = inCache(part.name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(inCache(part.name, "package.json"), JSON.stringify({ name: part.name, private: true }));
  say(`installing ${part.packages.join(", ")}`);
  const flags = ["--no-audit", "--no-fund", "--save-exact", "--prefix", folder];
  await run("npm", ["install", ...flags, ...part.packages], { folder });
}
