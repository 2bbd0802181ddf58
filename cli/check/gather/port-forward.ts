import { spawn } from "node:child_process";
import { answered, type Asked, refused } from "../facts";
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
): Promise<Asked<Answer>> {
  const question = `kubectl port-forward --namespace ${namespace} pod/${pod} ${port}; curl localhost:${port}${path}`;
  const where = ["--namespace", namespace, `pod/${pod}`, "--address=127.0.0.1", `:${port}`];
  const child = spawn(tools.kubectl, ["port-forward", ...where, ...choiceFlags(choice)], {
    env: tools.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const forget = onExit(() => child.kill());
  const timeout = tools.timeoutSeconds * 1000;
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const local = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer in time")), timeout);
    child.stdout.on("data", (chunk: Buffer) => {
      const found = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(chunk.toString());
      if (found !== null) resolve(Number(found[1]));
    });
    child.on("error", () => reject(new Error("kubectl was not found")));
    child.on("close", () => reject(new Error(errors)));
    child.on("exit", () => clearTimeout(timer));
  });
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(`http://127.0.0.1:${await local}${path}`, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return answered((await response.json()) as Answer);
  } catch (error) {
    const said = [error instanceof Error ? error.message : String(error), errors].join("\n");
    const reason = /was not found/.test(said) ? "tool-missing" : reasonIn(said);
    return refused({ party: "cluster", reason, question, said: lastLine(said) });
  } finally {
    forget();
    child.kill();
  }
}
