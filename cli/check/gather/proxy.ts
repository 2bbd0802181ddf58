import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answered, type QueryResult, type Reason, refused } from "../facts";
import { lastLine, reasonIn } from "../meaning";
import { onExit } from "./on-exit";
import type { Tools } from "./tool";

/** Which kubeconfig and context; what is not said is kubectl's own choice. */
export interface ClusterChoice {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

export function choiceFlags({ kubeconfig, context }: ClusterChoice): readonly string[] {
  return [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
  ];
}

/** Metadata alone: definitions are large. */
export const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/**
 * The API server, through a `kubectl proxy` on a socket that only this user can open.
 *
 * One process that finds the credentials once, however the kubeconfig wants it (a helper such as `aws eks get-token`
 * takes a second each time); and that lets nothing but reading through.
 */
export class Proxy {
  private errors = "";
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 12 });
  /** Whoever can open the socket of a proxy that outlives this process has the user's rights in the cluster. */
  private readonly forget = onExit(() => this.end());

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly tools: Tools,
  ) {
    child.stderr?.on("data", (chunk: Buffer) => (this.errors += chunk.toString()));
  }

  public static async open(choice: ClusterChoice, tools: Tools): Promise<QueryResult<Proxy>> {
    const folder = mkdtempSync(join(tmpdir(), "istio-eks-check-"));
    const flags = [`--unix-socket=${join(folder, "s")}`, "--reject-methods=^(POST|PUT|PATCH|DELETE)$"];
    const child = spawn(tools.kubectl, ["proxy", ...flags, ...choiceFlags(choice)], {
      env: tools.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const proxy = new Proxy(folder, child, tools);
    const failure = await proxy.started();
    if (failure === undefined) return answered(proxy);
    proxy.close();
    return refused({ party: "cluster", question: "kubectl proxy", ...failure });
  }

  public close(): void {
    this.forget();
    this.agent.destroy();
    this.end();
  }

  private end(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The answer to a GET; none if there is no such thing, nor such a kind of thing. */
  public async find<Answer>(path: string, accept = "application/json"): Promise<QueryResult<Answer | undefined>> {
    const question = `kubectl get --raw '${path}'`;
    const before = this.errors.length;
    const no = (reason: Reason, message: string) =>
      refused({ party: "cluster", reason, question, message: lastLine(message) });
    try {
      const { status, body } = await this.get(path, accept);
      if (status === 404) return answered(undefined);
      if (status === 200) return answered(JSON.parse(body) as Answer);
      const message = `${messageIn(body)}\n${this.errors.slice(before)}`;
      if (status === 401) return no("credentials", message);
      return no(status === 403 ? "forbidden" : reasonIn(message), message.trim() === "" ? `status ${status}` : message);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return no(message === late ? "late" : reasonIn(message), message);
    }
  }

  private async get(path: string, accept: string): Promise<{ readonly status: number; readonly body: string }> {
    return new Promise((resolve, reject) => {
      const timeout = this.tools.timeoutSeconds * 1000;
      const options = {
        socketPath: join(this.folder, "s"),
        path,
        headers: { accept, host: "localhost" },
        agent: this.agent,
      };
      const sent = get(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          clearTimeout(timer);
          resolve({ status: Number(answer.statusCode), body: Buffer.concat(chunks).toString() });
        });
      });
      const timer = setTimeout(() => sent.destroy(new Error(late)), timeout);
      sent.on("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
    });
  }

  /** Resolves to nothing once it serves, else to what went wrong. */
  private async started(): Promise<{ readonly reason: Reason; readonly message: string } | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => resolve({ reason: "late", message: "kubectl proxy did not start" }),
        this.tools.timeoutSeconds * 1000,
      );
      const end = (failure?: { readonly reason: Reason; readonly message: string }) => {
        clearTimeout(timer);
        resolve(failure);
      };
      this.child.stdout?.on("data", (chunk: Buffer) => (chunk.includes("Starting to serve") ? end() : undefined));
      this.child.on("error", () => end({ reason: "tool-missing", message: "kubectl was not found" }));
      this.child.on("exit", () => end({ reason: reasonIn(this.errors), message: lastLine(this.errors) }));
    });
  }
}

const late = "no answer in time";

/** Kubernetes answers with an object that has a message; proxies do not. */
function messageIn(body: string): string {
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown };
    return typeof message === "string" ? message : body;
  } catch {
    return body;
  }
}
