import { closeSync, existsSync, openSync, readSync } from "node:fs";

/** What the engine did with one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/** A line of the engine's own log, as far as it is read here. */
export interface EngineEvent {
  /** Milliseconds of the clock when it was seen; the log itself tells whole seconds. */
  readonly at: number;
  readonly kind: "started" | "done" | "failed" | "other";
  readonly step: Step | undefined;
}

interface Line {
  readonly resourcePreEvent?: { readonly metadata: Step };
  readonly resOutputsEvent?: { readonly metadata: Step };
  readonly resOpFailedEvent?: { readonly metadata: Step };
}

/** Milliseconds between two looks at the log. */
const interval = 20;

/** Reads the engine's log while it is written. */
export class EventLog {
  public readonly events: EngineEvent[] = [];
  private readonly watch = setInterval(() => this.look(), interval);
  private position = 0;
  private rest = "";

  public constructor(
    private readonly path: string,
    private readonly seen: (event: EngineEvent) => void,
  ) {}

  public close(): void {
    clearInterval(this.watch);
    this.look();
  }

  private look(): void {
    const lines = (this.rest + this.added()).split("\n");
    // What follows the last end of line is still being written.
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = readLine(JSON.parse(line) as Line);
      this.events.push(event);
      this.seen(event);
    }
  }

  private added(): string {
    if (!existsSync(this.path)) return "";
    const file = openSync(this.path, "r");
    const chunks: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.alloc(65_536);
      const length = readSync(file, chunk, 0, chunk.length, this.position);
      if (length === 0) break;
      this.position += length;
      chunks.push(chunk.subarray(0, length));
    }
    closeSync(file);
    return Buffer.concat(chunks).toString();
  }
}

function readLine({ resourcePreEvent, resOutputsEvent, resOpFailedEvent }: Line): EngineEvent {
  const at = Date.now();
  if (resourcePreEvent !== undefined) return { at, kind: "started", step: resourcePreEvent.metadata };
  if (resOutputsEvent !== undefined) return { at, kind: "done", step: resOutputsEvent.metadata };
  if (resOpFailedEvent !== undefined) return { at, kind: "failed", step: resOpFailedEvent.metadata };
  return { at, kind: "other", step: undefined };
}

/** The logical name in a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
