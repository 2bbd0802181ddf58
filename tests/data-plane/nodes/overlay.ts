import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Mounts these folders, the first above the others, with a layer for changes, and returns where. */
export async function mountOverlay(folder: string, lower: readonly string[]): Promise<string> {
  const [upper, work, root] = ["upper", "work", "root"].map((name) => join(folder, name)) as [string, string, string];
  for (const one of [upper, work, root]) mkdirSync(one, { recursive: true });
  const layers = `lowerdir=${lower.join(":")},upperdir=${upper},workdir=${work}`;
  await run("mount", ["-t", "overlay", "overlay", "-o", layers, root]);
  for (const name of ["proc", "dev"]) await run("mount", ["--rbind", `/${name}`, join(root, name)]);
  for (const name of ["run", "tmp"]) await run("mount", ["-t", "tmpfs", "tmpfs", join(root, name)]);
  return root;
}

/**
 * Shows a folder at another place too. What is mounted in it later appears there; what is unmounted there stays in the
 * folder itself.
 */
export async function bindFolder(source: string, target: string): Promise<void> {
  for (const one of [source, target]) mkdirSync(one, { recursive: true });
  await run("mount", ["--rbind", source, target]);
  await run("mount", ["--make-rslave", target]);
}

export async function unmount(root: string): Promise<void> {
  await run("umount", ["--recursive", "--lazy", root]);
}
