import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { cacheFolder } from "../test-env/process-settings";

let path: string | undefined;

/**
 * The stand-in for Pulumi's AWS provider in one JavaScript file. The engine starts it twice for every command, and a
 * Node.js that transpiles and finds each of its modules takes three times the CPU time.
 */
export function providerBundle(): string {
  path ??= write(bundle());
  return path;
}

function bundle(): string {
  const entryPoints = [join(__dirname, "..", "aws-provider", "main.ts")];
  const { outputFiles } = buildSync({ entryPoints, write: false, bundle: true, platform: "node", format: "cjs" });
  return outputFiles.map(({ text }) => text).join("");
}

/** Its name is that of its content: other test runs, and an environment that outlives this process, may be using it. */
function write(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const file = join(cacheFolder, `aws-provider-${hash}.js`);
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}
