import { randomInt } from "node:crypto";
import { createServer } from "node:net";

const loopback = "127.0.0.1";

/**
 * Below the ports that the system gives to connections and to listeners without a number (from 32768 on): one of those may
 * be taken by any connection before the program for which it was chosen listens. Below the node ports of Kubernetes, too.
 */
const range = { from: 10_240, to: 29_999 } as const;

/** Ports given out by this process. They may be free again before their taker has bound them. */
const given = new Set<number>();

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = randomInt(range.from, range.to + 1);
  if (given.has(port) || !(await isFree(port))) return freePort();
  given.add(port);
  return port;
}

export async function freePorts(count: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, freePort));
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen(port, loopback, () => server.close(() => resolve(true)));
  });
}
