import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { TrafficEnv } from "./traffic-env";

/** A connection that has ended, as the access log of a ztunnel tells of it. */
export interface Connection {
  readonly direction?: string;
  readonly "src.namespace"?: string;
  /** Who has asked, where mTLS says so. */
  readonly "src.identity"?: string;
  readonly "dst.addr"?: string;
  readonly "dst.service"?: string;
  /** Where the connection in the tunnel leads. */
  readonly "dst.hbone_addr"?: string;
  readonly error?: string;
}

/** The connections of all nodes' ztunnels so far. */
export function connectionsOf({ testEnv }: TrafficEnv): readonly Connection[] {
  const logs = join(testEnv.folder, "logs");
  const lines = readdirSync(logs)
    .filter((name) => /^ztunnel-.*-istio-proxy\.log$/.test(name))
    .flatMap((name) => readFileSync(join(logs, name), "utf8").split("\n"));
  return lines.filter((line) => line.includes("\taccess\t")).map(fieldsOf);
}

function fieldsOf(line: string): Connection {
  const fields = line.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g);
  return Object.fromEntries([...fields].map(([, name, quoted, bare]) => [name, quoted ?? bare]));
}
