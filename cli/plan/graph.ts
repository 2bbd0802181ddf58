import type { Recorded } from "./recording";

/** A recorded resource and its place in the order of making. */
export interface Node extends Recorded {
  /** 0 for what needs nothing else; each other one comes a wave after the last that it needs. */
  readonly wave: number;
}

/** Everything that must exist before a resource: dependencies, parent, provider. */
export function needs({ dependsOn, parent, options }: Recorded): readonly string[] {
  const provider = options["provider"];
  return [...dependsOn, ...(parent === null ? [] : [parent]), ...(typeof provider === "string" ? [provider] : [])];
}

/** The resources that need each one, by its name. */
export function dependentsBy(
  nodes: readonly Recorded[],
  needsOf: (node: Recorded) => Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const node of nodes) {
    for (const name of needsOf(node)) {
      const known = dependents.get(name);
      if (known === undefined) dependents.set(name, [node.name]);
      else known.push(node.name);
    }
  }
  return dependents;
}

/**
 * Puts resources into an order in which they can be made, wave by wave.
 *
 * Pulumi removes by the same waves backwards: all of the last wave, then all of the one before it.
 */
export function inWaves(resources: readonly Recorded[]): readonly Node[] {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const waves = new Map<string, number>();
  const waveOf = (resource: Recorded): number => {
    const known = waves.get(resource.name);
    if (known !== undefined) return known;
    const before = needs(resource).flatMap((name) => byName.get(name) ?? []);
    const wave = before.reduce((latest, other) => Math.max(latest, waveOf(other) + 1), 0);
    waves.set(resource.name, wave);
    return wave;
  };
  return resources
    .map((resource, index) => ({ node: { ...resource, wave: waveOf(resource) }, index }))
    .sort((one, other) => one.node.wave - other.node.wave || one.index - other.index)
    .map(({ node }) => node);
}

/** The waves of making, each a list. */
export function wavesOf(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const last = nodes.reduce((latest, { wave }) => Math.max(latest, wave), -1);
  return Array.from({ length: last + 1 }, (_, wave) => nodes.filter((node) => node.wave === wave));
}

/** Seconds that kinds of resource take, roughly, on AWS; every other takes one. For the time line and the critical path. */
const seconds: Readonly<Record<string, number>> = {
  "kubernetes:helm.sh/v3:Release": 30,
  "kubernetes:core/v1:Service": 20,
  "kubernetes:networking.k8s.io/v1:Ingress": 20,
  "aws:acm/certificateValidation:CertificateValidation": 60,
  "aws:route53/record:Record": 40,
};

/** When a resource is made, in seconds from the start of `up`: an estimate. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** What had to exist before it, the last one last, and itself. */
  readonly path: readonly string[];
}

/** When each resource is made, by its name, if every one begins as soon as all that it needs exists. */
export function scheduleOf(nodes: readonly Node[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const node of nodes) {
    const before = latest(needs(node).flatMap((name) => spans.get(name) ?? []));
    const end = before.end + (seconds[node.type] ?? 1);
    spans.set(node.name, { start: before.end, end, path: [...before.path, node.name] });
  }
  return spans;
}

/** The chain of resources that takes longest: what `up` as a whole waits for. */
export function criticalPath(nodes: readonly Node[]): readonly string[] {
  return latest([...scheduleOf(nodes).values()]).path;
}

function latest(spans: readonly Span[]): Span {
  return spans.reduce((one, other) => (other.end > one.end ? other : one), { start: 0, end: 0, path: [] });
}
