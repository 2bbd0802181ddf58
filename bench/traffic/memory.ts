import { existsSync, readFileSync, readdirSync } from "node:fs";

/** Memory of the processes of one kind, in MiB. */
export interface Memory {
  readonly kind: string;
  readonly processes: number;
  readonly average: number;
}

/** A kind of processes, by their command and that of the process which started them. */
interface Kind {
  readonly name: string;
  readonly command: RegExp;
  readonly parent?: RegExp;
}

const kinds: readonly Kind[] = [
  { name: "Envoy of a gateway", command: /\/envoy\0/, parent: /pilot-agent\0proxy\0router/ },
  { name: "Envoy of a sidecar", command: /\/envoy\0/, parent: /pilot-agent\0proxy\0sidecar/ },
  { name: "pilot-agent", command: /pilot-agent\0proxy/ },
  { name: "istiod", command: /pilot-discovery\0/ },
];

const others = "all others";

/** What the processes of this process namespace have in memory: resident pages, those that they share counted each time. */
export function memoryByKind(): readonly Memory[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = processes.map((pid) => {
    const status = textOf(`/proc/${pid}/status`);
    const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    return { kind: kindOf(pid, status), mebibytes: kibibytes / 1024 };
  });
  return [...kinds.map(({ name }) => name), others].map((kind) => {
    const own = found.filter((one) => one.kind === kind).map(({ mebibytes }) => mebibytes);
    const sum = own.reduce((total, one) => total + one, 0);
    return { kind, processes: own.length, average: own.length === 0 ? 0 : sum / own.length };
  });
}

function kindOf(pid: string, status: string): string {
  const command = textOf(`/proc/${pid}/cmdline`);
  const parent = textOf(`/proc/${/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? "0"}/cmdline`);
  const kind = kinds.find((one) => one.command.test(command) && (one.parent === undefined || one.parent.test(parent)));
  return kind === undefined ? others : kind.name;
}

/** A process may end while it is looked at. */
function textOf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}
