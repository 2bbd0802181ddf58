import { existsSync, readFileSync } from "node:fs";

/** What the engine did with one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/** A line of the engine's own log, as far as it is read here. */
export interface EngineEvent {
  /** Milliseconds since the first event. */
  readonly at: number;
  readonly kind: "started" | "done" | "failed" | "other";
  readonly step: Step | undefined;
}

interface Line {
  readonly timestamp: number;
  readonly resourcePreEvent?: { readonly metadata: Step };
  readonly resOutputsEvent?: { readonly metadata: Step };
  readonly resOpFailedEvent?: { readonly metadata: Step };
}

export function readEvents(path: string): readonly EngineEvent[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  return lines.map(readLine);
}

function readLine({ timestamp, resourcePreEvent, resOutputsEvent, resOpFailedEvent }: Line): EngineEvent {
  const at = timestamp;
  if (resourcePreEvent !== undefined) return { at, kind: "started", step: resourcePreEvent.metadata };
  if (resOutputsEvent !== undefined) return { at, kind: "done", step: resOutputsEvent.metadata };
  if (resOpFailedEvent !== undefined) return { at, kind: "failed", step: resOpFailedEvent.metadata };
  return { at, kind: "other", step: undefined };
}

/** Names of the resources with which something was done, in the order in which it was done. */
export function stepsDone(events: readonly EngineEvent[]): readonly string[] {
  return events
    .filter(({ kind }) => kind === "done")
    .flatMap(({ step }) => (step === undefined ? [] : [`${step.op} ${step.urn.split("::").slice(3).join("::")}`]));
}
