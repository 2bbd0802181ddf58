import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/** What `npm publish` would send. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string;
  readonly files: readonly string[];
  /** Bytes of the tarball. */
  readonly size: number;
}

interface PackReport {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const folder = mkdtempSync(join(tmpdir(), "istio-eks-package-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

let packed: Packed | undefined;

/** Builds and packs the package, once for all tests. */
export function pack(): Packed {
  packed ??= packAnew();
  return packed;
}

function packAnew(): Packed {
  run("npm", ["run", "--silent", "build"], root);
  const report = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
  const [{ filename, size, files }] = JSON.parse(report) as [PackReport];
  return { tarball: join(folder, filename), size, files: files.map(({ path }) => path).sort() };
}

/** A new folder that goes when the tests have ended. */
export function newFolder(name: string): string {
  return mkdtempSync(join(folder, `${name}-`));
}

/** Runs a program and returns what it prints; if it fails, the error reports both of its outputs. */
export function run(program: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: "pipe", maxBuffer: 1e9 });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
