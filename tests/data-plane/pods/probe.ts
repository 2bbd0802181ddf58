import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { connect } from "node:net";
import type { Container, Handler, Probe } from "./pod";

/** Where a probe asks. */
export interface Probed {
  readonly address: string;
  readonly container: Container;
}

/** Asks once, as a kubelet does: from the node, at the address of the pod. */
export async function probe(probed: Probed, asked: Probe): Promise<boolean> {
  const milliseconds = (asked.timeoutSeconds ?? 1) * 1000;
  const { httpGet, tcpSocket } = asked;
  if (httpGet !== undefined) return get(probed, httpGet, milliseconds);
  if (tcpSocket !== undefined) return connects(probed, tcpSocket.port, milliseconds);
  throw new Error(`container ${probed.container.name} has a probe of no known kind`);
}

async function get({ address, container }: Probed, wanted: NonNullable<Handler["httpGet"]>, timeout: number) {
  const { path = "/", port, scheme = "HTTP" } = wanted;
  const send = scheme === "HTTPS" ? secureRequest : request;
  return new Promise<boolean>((resolve) => {
    const options = { host: address, port: portOf(container, port), path, timeout, agent: false };
    const sent = send({ ...options, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(Number(answer.statusCode) >= 200 && Number(answer.statusCode) < 400);
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", () => resolve(false));
    sent.end();
  });
}

async function connects({ address, container }: Probed, port: number | string, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: portOf(container, port), timeout });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.on("connect", () => end(true));
    socket.on("timeout", () => end(false));
    socket.on("error", () => end(false));
  });
}

function portOf({ name, ports = [] }: Container, port: number | string): number {
  if (typeof port === "number") return port;
  const named = ports.find((one) => one.name === port)?.containerPort ?? Number(port);
  if (Number.isNaN(named)) throw new Error(`container ${name} has no port ${port}`);
  return named;
}
