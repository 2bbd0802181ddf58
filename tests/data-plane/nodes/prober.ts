import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { Child } from "../../live/test-env/child";
import type { Namespace } from "../network/namespace";

/** What a probe asks: an answer over HTTP, or a connection. */
export interface Question {
  readonly address: string;
  readonly port: number;
  readonly milliseconds: number;
  readonly http?: { readonly path: string; readonly scheme: string };
}

export interface ProberOptions {
  /** Address of the node. */
  readonly name: string;
  readonly namespace: Namespace;
  readonly folder: string;
  readonly logs: string;
  readonly pids: string;
}

/** What runs on each node. */
const program = transpileModule(readFileSync(join(__dirname, "prober-program.ts"), "utf8"), {
  compilerOptions: { module: ModuleKind.CommonJS },
}).outputText;

/** Asks pods from their node, as its kubelet does: a program there, which takes questions on a socket. */
export class Prober {
  private constructor(
    private readonly child: Child,
    private readonly socket: string,
  ) {}

  public static async start({ name, namespace, folder, logs, pids }: ProberOptions): Promise<Prober> {
    const file = join(folder, "prober.js");
    const socket = join(folder, "prober.sock");
    writeFileSync(file, program);
    const log = join(logs, `prober-${name}.log`);
    const command = [...namespace.enter, process.execPath, file, socket] as const;
    const child = new Child(`prober-${name}`, command, { log, environment: {}, pids });
    await child.answers(async () => Promise.resolve(existsSync(socket)));
    return new Prober(child, socket);
  }

  /** Whether the pod gave a good answer in time. */
  public async ask(question: Question): Promise<boolean> {
    return new Promise((resolve) => {
      const sent = request({ socketPath: this.socket, method: "POST", agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      // The node has gone.
      sent.on("error", () => resolve(false));
      sent.end(JSON.stringify(question));
    });
  }

  public async stop(): Promise<void> {
    await this.child.stop();
  }
}
