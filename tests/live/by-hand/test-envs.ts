import { existsSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderPrefix } from "../test-env/test-env";

/** Folders of the test environments of this machine, the newest first. */
export function testEnvFolders(): readonly string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(folderPrefix))
    .map((name) => join(tmpdir(), name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
}

/** The process that made a test environment, if it still runs. */
export function ownerOf(folder: string): number | undefined {
  const path = join(folder, "owner");
  const pid = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
  return pid > 0 && isRunning(pid) ? pid : undefined;
}

export function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  // A killed child of an init that does not reap is still listed, as a zombie.
  return existsSync(path) && !/^\d+ \(.*\) Z/.test(readFileSync(path, "utf8"));
}

/** Ends what a killed owner has left, and throws its folder away. */
export function sweep(folder: string): void {
  const pids = join(folder, "pids");
  const lines = existsSync(pids) ? readFileSync(pids, "utf8").split("\n") : [];
  for (const line of lines) {
    const [pid = "0", name = ""] = line.split(" ");
    if (Number(pid) > 0 && belongsTo(Number(pid), folder)) endQuietly(Number(pid), name);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Process ids are given again: only what runs in the test environment's folder is its own. */
function belongsTo(pid: number, folder: string): boolean {
  const path = `/proc/${pid}/environ`;
  return existsSync(path) && readFileSync(path, "utf8").includes(folder);
}

function endQuietly(pid: number, name: string): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    process.stderr.write(`${name} (${pid}) had ended already\n`);
  }
}
