import { type EngineEvent, nameOf } from "../../tests/live/engine/events";
import type { Run, Stack } from "../../tests/live/engine/stack";

/** When the engine worked at a resource, in seconds since the command was started. */
export interface Span {
  readonly name: string;
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

export interface Timeline {
  readonly total: number;
  /** Seconds until the engine touched the first resource: the command, the plugins, the program. */
  readonly startUp: number;
  readonly spans: readonly Span[];
  /** What the whole waited for, first to last. */
  readonly critical: readonly Span[];
}

interface StateResource {
  readonly urn: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
}

/** By URN, what a resource waits for: what it depends on, and its provider. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

export async function dependenciesOf(stack: Stack): Promise<Dependencies> {
  const { output } = await stack.run(["stack", "export"]);
  const { deployment } = JSON.parse(output) as { readonly deployment: { readonly resources?: StateResource[] } };
  const all = deployment.resources ?? [];
  return new Map(
    all.map(({ urn, provider = "", dependencies = [] }) => {
      const providerUrn = provider.slice(0, provider.lastIndexOf("::"));
      return [urn, [...dependencies, ...(providerUrn === "" ? [] : [providerUrn])]];
    }),
  );
}

/** What came before: by its dependencies, or, since the engine destroys level by level, whatever ended last until then. */
type Before = (span: UrnSpan, all: readonly UrnSpan[]) => readonly UrnSpan[];

export function afterDependencies(dependencies: Dependencies): Before {
  return ({ urn }, all) => all.filter((one) => dependencies.get(urn)?.includes(one.urn));
}

/** A step that takes no time ends when it begins: it comes before no step of the same moment, itself included. */
export function afterLevels({ span: { from } }: UrnSpan, all: readonly UrnSpan[]): readonly UrnSpan[] {
  return all.filter(({ span }) => span.to <= from && span.from < from);
}

export function timeline(run: Run, started: number, before: Before): Timeline {
  const spans = spansOf(run.events, started);
  const waited = [...spans.values()].filter(({ span }) => !span.name.startsWith("default"));
  const critical: Span[] = [];
  for (let at = latest(waited); at !== undefined; at = latest(before(at, waited))) critical.unshift(at.span);
  const all = [...spans.values()].map(({ span }) => span);
  return {
    total: run.seconds,
    startUp: Math.min(...all.map(({ from }) => from)),
    spans: all.sort((one, other) => one.from - other.from),
    critical,
  };
}

export interface UrnSpan {
  readonly urn: string;
  readonly span: Span;
}

function latest(spans: readonly UrnSpan[]): UrnSpan | undefined {
  return [...spans].sort((one, other) => other.span.to - one.span.to)[0];
}

const components = ["pulumi:pulumi:Stack", "istio-eks:index:IstioMesh"];

/** Only what the engine really did: components and what stays the same take no time. */
function spansOf(events: readonly EngineEvent[], started: number): ReadonlyMap<string, UrnSpan> {
  const begun = new Map<string, number>();
  const spans = new Map<string, UrnSpan>();
  for (const { at, kind, step } of events) {
    if (step === undefined || step.op === "same" || components.includes(step.type)) continue;
    const seconds = (at - started) / 1000;
    if (kind === "started") begun.set(step.urn, seconds);
    const from = begun.get(step.urn);
    if (kind !== "done" || from === undefined) continue;
    spans.set(step.urn, { urn: step.urn, span: { name: nameOf(step.urn), type: step.type, from, to: seconds } });
  }
  return spans;
}
