import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inCache, program } from "./cache";
import { type Part, parts } from "./parts";

/** What is written when a part is whole: a part whose row in the table has changed is built again. */
function stampOf(part: Part): string {
  return createHash("sha256").update(JSON.stringify(part)).digest("hex");
}

function stampFile(part: Part): string {
  return inCache("stamps", part.name);
}

export function writeStamp(part: Part): void {
  mkdirSync(inCache("stamps"), { recursive: true });
  writeFileSync(stampFile(part), stampOf(part));
}

/** Whether a part is there, in the version of the table. */
export function isBuilt(part: Part): boolean {
  if (existsSync(stampFile(part)) && readFileSync(stampFile(part), "utf8") === stampOf(part)) return true;
  return part.kind === "go" && part.unlessOnPath === true && Object.keys(part.programs).every(isOnPath);
}

/** Names of the parts of a tier that `npm run live:build` has still to build; the traffic tier needs those of the live tier too. */
export function missingParts(tier: "live" | "traffic" = "live"): readonly string[] {
  return parts
    .filter((part) => tier === "traffic" || !isOnlyForTraffic(part))
    .flatMap((part) => (isBuilt(part) ? [] : [part.name]));
}

function isOnlyForTraffic(part: Part): boolean {
  return (part.kind === "go" || part.kind === "python") && part.onlyFor === "traffic";
}

/** Whether the machine has a program of its own. */
function isOnPath(name: string): boolean {
  return pathOf(name) !== undefined;
}

/** Where the machine has a program of its own. */
export function pathOf(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A program that was built, or else the machine's own. */
export function findProgram(name: string): string {
  const built = program(name);
  return existsSync(built) ? built : (pathOf(name) ?? name);
}
