import { type KubernetesObject, placeOf } from "../../check/kubernetes-object";
import { type EntryPoint, gatewayNameLabel, selectorOf } from "./entry-points";
import { gatewayArgs } from "./gateway-args";
import type { DnsRecord, InstalledRelease } from "../inventory";
import type { Note } from "../report/note";
import { dnsArgs, type Servers, serversOf } from "./servers";
import { strategyFor } from "./strategies";
import type { BalancerArgs } from "./strategies/strategy";
import { compact, type Tree } from "../trees";

export interface IngressFacts {
  readonly mode: "sidecar" | "ambient";
  readonly controller: "aws-load-balancer-controller" | "eks-auto-mode";
  readonly releases: readonly InstalledRelease[];
  readonly namespaces: readonly KubernetesObject[];
  readonly gateways: readonly KubernetesObject[];
  readonly records: readonly DnsRecord[];
  readonly vpcRanges: readonly string[];
}

/** One ingress of the arguments. */
export interface FoundIngress {
  readonly name: string;
  readonly entry: EntryPoint;
  /** The load balancer stays the same one; else the mesh makes a second one beside it. */
  readonly same: boolean;
  readonly args: Tree;
  readonly tags: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
}

const defaultPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Reads the ingress that an object and its load balancer are. */
export function readIngress(entry: EntryPoint, facts: IngressFacts): FoundIngress {
  const { metadata } = entry.object;
  const why = obstaclesTo(entry, facts.controller);
  const same = why.length === 0;
  const name = same ? metadata.name : `${metadata.name}-mesh`;
  const scheme = schemeOf(entry);
  const gateway = facts.gateways.find(
    (one) => one.metadata.name === metadata.name && one.metadata.namespace === metadata.namespace,
  );
  const servers: Servers = gateway === undefined ? none : serversOf(gateway);
  const records = facts.records.filter(({ target }) => target === entry.balancer?.hostname);
  const hostnames = hostnamesOf(entry, servers, records);
  const dns = same ? dnsArgs(hostnames, records) : { args: undefined, notes: [] };
  const context = { scheme, vpcRanges: facts.vpcRanges, dns: dns.args !== undefined };
  const { args, ...balancer } = strategyFor(entry).read(entry, context);
  return {
    ...{ name, entry, same, tags: balancer.tags },
    args: compact({
      strategy: entry.strategy,
      scheme: scheme === "internal" ? undefined : scheme,
      routing: routingOf(entry, facts),
      hostnames: hostnames.length === 0 ? undefined : hostnames,
      dns: dns.args,
      tls: tlsArgs(entry, servers, balancer),
      gateway: gatewayOf(entry, { name, drainSeconds: balancer.drainSeconds }, facts),
      ...(same ? args : besideArgs(args)),
    }),
    notes: [...dns.notes, same ? sameNote(entry, name) : secondNote(entry, name, why), ...serviceNote(entry)],
  };
}

const none: Servers = { hosts: [], redirect: false, secretName: undefined };

/** Why the load balancer of an entry point cannot become the mesh's; none: it can, and stays the same in AWS. */
function obstaclesTo(entry: EntryPoint, controller: IngressFacts["controller"]): readonly string[] {
  if (entry.balancer !== undefined) return strategyFor(entry).obstacles(entry, controller);
  return [`AWS has no load balancer of the address in the status of ${placeOf(entry.object)}`];
}

function schemeOf(entry: EntryPoint): string {
  const { annotations = {} } = entry.object.metadata;
  return entry.balancer?.scheme ?? annotations[`${strategyFor(entry).prefix}scheme`] ?? "internal";
}

function hostnamesOf(entry: EntryPoint, servers: Servers, records: readonly DnsRecord[]): readonly string[] {
  if (servers.hosts.length > 0) return servers.hosts;
  const rules = strategyFor(entry).hosts(entry.object);
  return rules.length > 0 ? rules : [...new Set(records.map(({ name }) => name))];
}

function routingOf({ service }: EntryPoint, { mode }: IngressFacts): string | undefined {
  const byIstiod = selectorOf(service)[gatewayNameLabel] !== undefined;
  if (byIstiod === (mode === "ambient")) return undefined;
  return byIstiod ? "gateway-api" : "istio";
}

function tlsArgs(entry: EntryPoint, servers: Servers, { certificates, tlsPolicy }: Omit<BalancerArgs, "args">) {
  const [first, ...more] = certificates;
  if (first === undefined && servers.secretName === undefined) return undefined;
  const redirect = servers.redirect || strategyFor(entry).redirects(entry.object);
  return {
    certificateArn: first,
    certificateArns: more.length === 0 ? undefined : more,
    secretName: servers.secretName,
    policy: first === undefined || tlsPolicy === defaultPolicy ? undefined : tlsPolicy,
    redirectHttp: redirect ? undefined : false,
  };
}

function gatewayOf(
  { service }: EntryPoint,
  own: { readonly name: string; readonly drainSeconds: number | undefined },
  { releases, namespaces }: IngressFacts,
): Tree {
  const { namespace } = service.metadata;
  const charts = releases.filter((one) => one.chart === "gateway" && one.namespace === namespace);
  const { app } = selectorOf(service);
  const release = charts.find((one) => one.name === service.metadata.name) ?? charts.find((one) => one.name === app);
  const owner = namespaces.find(({ metadata }) => metadata.name === namespace);
  return gatewayArgs(service, { ...own, release, namespace: owner });
}

/** What two load balancers cannot both have is left out of the second one. */
function besideArgs({ nlb, alb, annotations, ...args }: Tree): Tree {
  const further = Object.entries(annotations as Tree).filter(([key]) => !key.startsWith("external-dns."));
  return {
    ...args,
    nlb: nlb === undefined ? undefined : { ...nlb, name: undefined, eipAllocationIds: undefined },
    alb: alb === undefined ? undefined : { ...alb, name: undefined, groupName: undefined },
    annotations: {
      ...Object.fromEntries(further),
      // ExternalDNS would lead clients to the second load balancer at once.
      "external-dns.alpha.kubernetes.io/controller": "none",
      "external-dns.kubernetes.io/controller": "none",
    },
  };
}

function sameNote(entry: EntryPoint, name: string): Note {
  const balancer = String(entry.balancer?.name);
  const text = `The load balancer ${balancer} stays the same one: the ingress ${name} takes over ${placeOf(entry.object)}.`;
  return { kind: "same", subject: `Load balancer ${balancer}`, text };
}

function secondNote(entry: EntryPoint, name: string, why: readonly string[]): Note {
  return {
    kind: "left",
    subject: `Load balancer ${entry.balancer?.name ?? "of " + placeOf(entry.object)}`,
    text: `It cannot be taken over: ${why.join("; ")}. The ingress ${name} makes a second one beside it.`,
    suggestion: "Move the clients by a weighted record, then remove the first: docs/how-to/adopt.md.",
  };
}

/** The Ingress leads to a Service of another name; the mesh's has the name of the ingress. */
function serviceNote(entry: EntryPoint): readonly Note[] {
  if (!strategyFor(entry).changesService(entry)) return [];
  const { object, service } = entry;
  const text =
    `The mesh makes the Service ${object.metadata.name} in place of ${service.metadata.name}, with node ports: the load balancer ` +
    "gets a new target group, and may answer 503 for the seconds until its targets are healthy.";
  return [{ kind: "change", subject: placeOf(object), text }];
}
