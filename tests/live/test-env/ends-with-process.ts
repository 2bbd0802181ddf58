import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";

/** Process groups that must not outlive this process, and folders that must not either. */
const groups = new Set<number>();
const folders = new Set<string>();

process.on("exit", () => {
  for (const group of groups) endGroup(group);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

// Without a listener these signals end a process with no "exit" event.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/** Ends a child, and all that it has started, with this process. The child must lead a group: `detached: true`. */
export function endsWithUs(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  groups.add(pid);
  child.on("exit", () => groups.delete(pid));
}

/** Removes a folder with this process, until it is forgotten. */
export function removedWithUs(folder: string): { forget(): void } {
  folders.add(folder);
  return { forget: () => void folders.delete(folder) };
}

/** Kills a process with everything that it has started. */
export function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended just now.
  }
}
