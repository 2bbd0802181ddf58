import { Agent, request } from "node:https";

/** Where the API server is and how to come in. */
export interface ClusterAccess {
  readonly server: string;
  readonly certificateAuthority: string;
  readonly token: string;
}

/** The API server said no. */
export class KubernetesError extends Error {
  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** An object of any kind, as far as all kinds are alike. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
  };
}

/** The few calls of the Kubernetes API that a test environment makes. */
export class KubernetesClient {
  private readonly agent: Agent;

  public constructor(private readonly access: ClusterAccess) {
    this.agent = new Agent({ ca: access.certificateAuthority, keepAlive: true, maxSockets: 8 });
  }

  public async get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>("GET", path);
  }

  /** Undefined if there is no such object, nor such a kind. */
  public async find<Answer>(path: string): Promise<Answer | undefined> {
    try {
      return await this.get<Answer>(path);
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) return undefined;
      throw error;
    }
  }

  public async list<Item = KubernetesObject>(path: string): Promise<readonly Item[]> {
    const found = await this.find<{ readonly items: readonly Item[] }>(path);
    return found === undefined ? [] : found.items;
  }

  public async post(path: string, body: object): Promise<unknown> {
    return this.call("POST", path, body);
  }

  /** A JSON merge patch. */
  public async patch(path: string, body: object): Promise<unknown> {
    return this.call("PATCH", path, body);
  }

  /** A strategic merge patch: lists that have a key, as conditions have, are merged by it. */
  public async patchByKeys(path: string, body: object): Promise<unknown> {
    return this.call("PATCH", path, body, "application/strategic-merge-patch+json");
  }

  public async remove(path: string, body?: object): Promise<unknown> {
    return this.call("DELETE", path, body);
  }

  public close(): void {
    this.agent.destroy();
  }

  /** A new kind answers "later" until the API server has read what there is of it. */
  private async call<Answer>(method: string, path: string, ...content: readonly [object?, string?]): Promise<Answer> {
    for (;;) {
      try {
        return await this.callOnce<Answer>(method, path, content);
      } catch (error) {
        if (!(error instanceof KubernetesError) || error.status !== 429) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  private async callOnce<Answer>(method: string, path: string, content: readonly [object?, string?]): Promise<Answer> {
    const [body, type] = content;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.access.token}`,
      ...(text === undefined
        ? {}
        : {
            "content-type": type ?? (method === "PATCH" ? "application/merge-patch+json" : "application/json"),
            // Node would leave it out with DELETE, and spoil the connection for the next call.
            "content-length": String(Buffer.byteLength(text)),
          }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.access.server}${path}`, { method, headers, agent: this.agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const answered = Buffer.concat(chunks).toString();
          const status = Number(answer.statusCode);
          if (status >= 300) reject(new KubernetesError(status, `${method} ${path}: ${String(status)} ${answered}`));
          else resolve((answered.startsWith("{") ? JSON.parse(answered) : answered) as Answer);
        });
      });
      sent.on("error", reject);
      sent.end(text);
    });
  }
}
