import { createServer } from "node:net";

const loopback = "127.0.0.1";

/** Ports given out by this process. The system may offer one again before its taker has bound it. */
const given = new Set<number>();

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = await offered();
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}

export async function freePorts(count: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, freePort));
}

async function offered(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, loopback, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("the system gave no port"));
      });
    });
  });
}
