import assert from "node:assert/strict";
import { report } from "../../live/trial";
import type { Client } from "./client";
import type { Agents } from "./request";

/** What became of the requests of a load. */
export interface LoadResult {
  readonly sent: number;
  /** How often each failure was seen: a status other than 200, or an error of the connection. */
  readonly failures: Readonly<Record<string, number>>;
  /** How many requests each pod answered. */
  readonly byPod: Readonly<Record<string, number>>;
  readonly slowestMilliseconds: number;
}

/** A load that nobody stops ends by itself after so many requests. */
const limit = 30_000;

/**
 * Sends requests at a steady rate, whether or not earlier ones were answered, until it is stopped. Every other request
 * has a connection of its own; the rest share connections that are kept.
 */
export class Load {
  private readonly failures: Record<string, number> = {};
  private readonly byPod: Record<string, number> = {};
  private readonly pending = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly agents: Agents;
  private sent = 0;
  private slowest = 0;

  public constructor(
    private readonly client: Client,
    private readonly url: string,
    perSecond: number,
  ) {
    this.agents = client.agents();
    this.timer = setInterval(() => this.send(), 1000 / perSecond);
  }

  public async stop(): Promise<LoadResult> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    this.agents.http.destroy();
    this.agents.https.destroy();
    const { sent, failures, byPod, slowest } = this;
    return { sent, failures, byPod, slowestMilliseconds: slowest };
  }

  private send(): void {
    if (this.sent >= limit) return;
    const shared = this.sent++ % 2 === 0 ? { agents: this.agents } : {};
    const pending = this.ask(shared).finally(() => this.pending.delete(pending));
    this.pending.add(pending);
  }

  private async ask(options: { readonly agents?: Agents }): Promise<void> {
    const start = Date.now();
    try {
      const { status, headers } = await this.client.get(this.url, { ...options, timeoutMilliseconds: 15_000 });
      const pod = String(headers["x-pod"] ?? "nobody");
      if (status === 200) this.byPod[pod] = (this.byPod[pod] ?? 0) + 1;
      else this.failed(`status ${status}`);
    } catch (error) {
      this.failed(error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error));
    }
    this.slowest = Math.max(this.slowest, Date.now() - start);
  }

  private failed(how: string): void {
    this.failures[how] = (this.failures[how] ?? 0) + 1;
  }
}

/** Where requests of a load go, and how many each second. */
export interface LoadTarget {
  readonly client: Client;
  readonly url: string;
  readonly perSecond: number;
  /** How long the change must take at least for the load to show anything; 1 unless more is known of it. */
  readonly seconds?: number;
}

/** Fails if one of the requests failed that were sent while this happened, and in the two seconds after. */
export async function losesNothing(
  { client, url, perSecond, seconds = 1 }: LoadTarget,
  change: () => Promise<unknown>,
): Promise<void> {
  const load = new Load(client, url, perSecond);
  try {
    await change();
    await new Promise((resolve) => setTimeout(resolve, 2000));
  } finally {
    const { sent, failures, slowestMilliseconds } = await load.stop();
    report(`${sent} requests, failed: ${JSON.stringify(failures)}, the slowest took ${slowestMilliseconds} ms`);
    assert.deepEqual(failures, {});
    assert.ok(sent > seconds * perSecond, "the load was too short to show anything");
  }
}
