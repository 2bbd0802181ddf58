import { type Agent, request } from "node:http";
import { type Agent as SecureAgent, request as secureRequest } from "node:https";
import type { LookupFunction } from "node:net";

/** What a client got. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface Agents {
  readonly http: Agent;
  readonly https: SecureAgent;
}

export interface RequestOptions {
  /** What the name in the URL is resolved to. */
  readonly address: string;
  /** Certificate authority that the client trusts. */
  readonly authority: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
  /** Keeps connections, as browsers and pools do; without one each request has a connection of its own. */
  readonly agents?: Agents;
}

/** Asks once. The time-out also ends a connection that is not there yet. */
export async function get(url: string, options: RequestOptions): Promise<Answer> {
  const { hostname, port, pathname, search, protocol } = new URL(url);
  const { address, authority, headers = {}, timeoutMilliseconds = 10_000, agents } = options;
  const secure = protocol === "https:";
  const target = { host: hostname, port: port === "" ? (secure ? 443 : 80) : Number(port), lookup: answering(address) };
  const common = { ...target, path: `${pathname}${search}`, headers, timeout: timeoutMilliseconds };
  return new Promise((resolve, reject) => {
    const sent = secure
      ? secureRequest({ ...common, servername: hostname, ca: authority, agent: agents?.https ?? false })
      : request({ ...common, agent: agents?.http ?? false });
    sent.on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: Number(answer.statusCode), headers: answer.headers, body });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`${url}: no answer in ${timeoutMilliseconds} ms`)));
    sent.on("error", reject);
    sent.end();
  });
}

function answering(address: string): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all === true) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  };
}
