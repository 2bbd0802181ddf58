import { existsSync, readFileSync, readdirSync } from "node:fs";

/** Memory of the processes of one kind, in MiB. */
export interface Memory {
  readonly kind: string;
  readonly processes: number;
  readonly average: number;
}

/** Kinds of processes, by what stands in their command. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ["Envoy of a gateway", /\/envoy\0.*router~/s],
  ["Envoy of a sidecar", /\/envoy\0.*sidecar~/s],
  ["pilot-agent", /pilot-agent\0proxy/],
  ["istiod", /pilot-discovery\0/],
];

/** What the processes of this process namespace have in memory: resident pages, those that they share counted each time. */
export function memoryByKind(): readonly Memory[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = processes.flatMap((pid) => {
    const [command, status] = [textOf(`/proc/${pid}/cmdline`), textOf(`/proc/${pid}/status`)];
    const kind = kinds.find(([, pattern]) => pattern.test(command))?.[0];
    const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    return [{ kind: kind ?? "all others", mebibytes: kibibytes / 1024 }];
  });
  return [...kinds.map(([kind]) => kind), "all others"].map((kind) => {
    const own = found.filter((one) => one.kind === kind).map(({ mebibytes }) => mebibytes);
    const sum = own.reduce((total, one) => total + one, 0);
    return { kind, processes: own.length, average: own.length === 0 ? 0 : sum / own.length };
  });
}

/** A process may end while it is looked at. */
function textOf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}
