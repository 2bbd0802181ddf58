import type { Prober } from "../nodes/prober";
import type { Container, Probe } from "./pod";

/** Where a probe asks, and from where. */
export interface Probed {
  readonly address: string;
  readonly container: Container;
  readonly prober: Prober;
}

/** Asks once, as a kubelet does: from the node, at the address of the pod. */
export async function probe({ address, container, prober }: Probed, asked: Probe): Promise<boolean> {
  const milliseconds = (asked.timeoutSeconds ?? 1) * 1000;
  const { httpGet, tcpSocket } = asked;
  const port = httpGet?.port ?? tcpSocket?.port;
  if (port === undefined) throw new Error(`container ${container.name} has a probe of no known kind`);
  const { path = "/", scheme = "HTTP" } = httpGet ?? {};
  const http = httpGet === undefined ? {} : { http: { path, scheme } };
  return prober.ask({ address, port: portOf(container, port), milliseconds, ...http });
}

function portOf({ name, ports = [] }: Container, port: number | string): number {
  if (typeof port === "number") return port;
  const named = ports.find((one) => one.name === port)?.containerPort ?? Number(port);
  if (Number.isNaN(named)) throw new Error(`container ${name} has no port ${port}`);
  return named;
}
