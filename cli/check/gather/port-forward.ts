import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { answered, type QueryResult, refused } from "../facts";
import { lastLine, reasonIn } from "../meaning";
import { onExit } from "./on-exit";
import { choiceFlags, type ClusterChoice } from "./proxy";
import type { Tools } from "./tool";

/** A port of a pod that only the pod itself can reach. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/**
 * Asks a pod through a `kubectl port-forward`, which ends with the answer. The API server's own proxy does not do: to the pod it
 * comes from another address, and istiod answers such questions to itself alone.
 */
export async function askPod<Answer>(
  { namespace, pod, port }: PodPort,
  path: string,
  { choice, tools }: { readonly choice: ClusterChoice; readonly tools: Tools },
): Promise<QueryResult<Answer>> {
  const question = `kubectl port-forward --namespace ${namespace} pod/${pod} ${port}; curl localhost:${port}${path}`;
  const where = ["--namespace", namespace, `pod/${pod}`, "--address=127.0.0.1", `:${port}`];
  const child = spawn(tools.kubectl, ["port-forward", ...where, ...choiceFlags(choice)], {
    env: tools.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const forget = onExit(() => child.kill());
  const timeout = tools.timeoutSeconds * 1000;
  try {
    const local = await localPort(child, timeout);
    const response = await fetch(`http://127.0.0.1:${local}${path}`, { signal: AbortSignal.timeout(timeout) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return answered((await response.json()) as Answer);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = message === notFound ? "tool-missing" : reasonIn(message);
    return refused({ party: "cluster", reason, question, message: lastLine(message) });
  } finally {
    forget();
    child.kill();
  }
}

const notFound = "kubectl was not found";

/** The port of this machine that kubectl has chosen, once it says so. */
function localPort(child: ChildProcessByStdio<null, Readable, Readable>, timeout: number): Promise<number> {
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("timed out: no answer in time")), timeout);
    child.stdout.on("data", (chunk: Buffer) => {
      const found = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(chunk.toString());
      if (found !== null) resolve(Number(found[1]));
    });
    child.on("error", () => {
      clearTimeout(timer);
      reject(new Error(notFound));
    });
    child.on("close", () => {
      clearTimeout(timer);
      reject(new Error(errors));
    });
  });
}
