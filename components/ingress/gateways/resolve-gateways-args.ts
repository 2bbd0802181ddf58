import { checkGateway, gatewayDefaults } from "./gateway-args";
import { checkGatewayNames, checkSelectors } from "./gateway-names-check";
import type { IngressArgs } from "../ingress-args";
import { sendsProxyProtocol, strategyOf } from "../strategies/strategy-args";
import { oneOf } from "../../inputs/list";
import { problem, problemIf } from "../../inputs/problem";
import type { Problem, Resolved } from "../../plan/problem";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { Profile, Routing } from "../../plan/enums";
import {
  checkSharedTopology,
  checkTopology,
  resolveTopology,
  type TopologyRequirement,
  warnOfLostAddress,
  type WrittenTopology,
} from "./client-address-args";
import type { NamedIngress } from "../named-ingress";

/** What gateways must know of the mesh. */
export interface GatewayContext {
  readonly defaultRouting: Routing;
  readonly profile: Profile;
  /** What the user's configuration of Istio says stands before gateways. */
  readonly topologies: readonly WrittenTopology[];
}

/** Name of the ingress whose gateway pods serve this one; sharing goes one step, so that an owner never shares itself. */
export function ownerOf(ingress: NamedIngress, all: readonly NamedIngress[]): NamedIngress {
  const shared = ingress.args.gateway?.shareWith;
  return all.find(({ name }) => name === shared) ?? ingress;
}

/** The ingress whose Service leads to the pods: several ALBs before one gateway use the first one's. */
export function serviceOwnerOf(ingress: NamedIngress, all: readonly NamedIngress[]): NamedIngress {
  const owner = ownerOf(ingress, all);
  const sharing = strategyOf(ingress.args).sharesService ? [owner, ...all] : [];
  const alike = sharing.filter(({ args }) => args.strategy === ingress.args.strategy);
  return alike.find((other) => ownerOf(other, all) === owner) ?? ingress;
}

/** Resolves the gateways behind the ingresses: one for each ingress that does not share. */
export function resolveGateways(
  all: readonly NamedIngress[],
  context: GatewayContext,
): Resolved<readonly GatewaySettings[]> {
  const owners = all.filter((ingress) => ownerOf(ingress, all) === ingress);
  const settings = owners.map((owner) => resolveGateway(owner, all, context));
  return {
    settings,
    problems: [
      ...all.flatMap(({ path, args }) => checkGateway(args.gateway ?? {}, `${path}.gateway`, context.profile)),
      ...all.flatMap((ingress) => checkSharing(ingress, all, context)),
      ...all.flatMap((ingress) => checkLabels(ingress, context)),
      ...checkSelectors(owners, settings),
      ...checkGatewayNames(all, settings, (ingress) => ownerOf(ingress, all).name),
      ...owners.flatMap((owner) => checkTopology(owner, topologyRequirement(owner, all, context))),
    ],
    warnings: [
      ...(context.profile === Profile.Demo ? [] : settings.flatMap(warnOfOneReplica)),
      ...owners.flatMap((owner) => warnOfSharing(owner, all)),
      ...owners.flatMap((owner) => warnOfLostAddress(owner, topologyRequirement(owner, all, context))),
    ],
  };
}

function routingOf(args: IngressArgs, { defaultRouting }: GatewayContext): Routing {
  return args.routing ?? defaultRouting;
}

function createdByOf(routing: Routing, { profile }: GatewayContext): GatewaySettings["createdBy"] {
  if (routing === Routing.GatewayApi) return "istiod";
  return profile === Profile.Empty ? "someone-else" : "chart";
}

function resolveGateway(owner: NamedIngress, all: readonly NamedIngress[], context: GatewayContext): GatewaySettings {
  const { args, name } = owner;
  const { labels, ...defaults } = gatewayDefaults(args.gateway ?? {}, context.profile);
  const routing = routingOf(args, context);
  return {
    ...defaults,
    name,
    routing,
    createdBy: createdByOf(routing, context),
    service: "ours",
    labels,
    selector: selectorOf(name, labels, routing),
    ...resolveTopology(topologyRequirement(owner, all, context), defaults.drainSeconds),
  };
}

/** Only the gateway chart reads pod annotations from values. */
function topologyRequirement(
  owner: NamedIngress,
  all: readonly NamedIngress[],
  context: GatewayContext,
): TopologyRequirement {
  const byChart = routingOf(owner.args, context) === Routing.Istio;
  return {
    served: all.filter((ingress) => ownerOf(ingress, all) === owner),
    written: context.topologies.filter(({ ofPods }) => byChart || !ofPods),
  };
}

/** The label that istiod gives the pods of a Gateway of the Gateway API. */
export const gatewayNameLabel = "gateway.networking.k8s.io/gateway-name";

/** The labels of exactly these pods. Pods that someone else makes may be those of a Gateway of the Gateway API. */
function selectorOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  routing: Routing,
): Readonly<Record<string, string>> {
  const gatewayName = routing === Routing.GatewayApi ? name : labels[gatewayNameLabel];
  if (gatewayName !== undefined) return { [gatewayNameLabel]: gatewayName };
  return { app: labels["app"] ?? name, istio: labels["istio"] ?? name.replace(/^istio-/, "") };
}

function checkSharing(ingress: NamedIngress, all: readonly NamedIngress[], context: GatewayContext) {
  const { path, args, name } = ingress;
  const shareWith = args.gateway?.shareWith;
  if (shareWith === undefined) return [];
  const here = `${path}.gateway.shareWith`;
  const others = all.filter((other) => other.name !== name && other.args.gateway?.shareWith === undefined);
  const complaint = {
    given: shareWith,
    allowed: `an ingress with a gateway of its own: ${oneOf(others.map((o) => o.name))}`,
  };
  const owner = all.find((other) => other.name === shareWith);
  if (shareWith === name) return [problem(here, { ...complaint, suggestion: "remove it: these are its own pods" })];
  if (owner === undefined) return [problem(here, { ...complaint, suggestion: "correct the name" })];
  const next = owner.args.gateway?.shareWith;
  if (next !== undefined) {
    const suggestion =
      next === name ? "remove shareWith from one of the two" : `write "${next}", whose pods "${shareWith}" shares`;
    return [problem(here, { ...complaint, suggestion })];
  }
  return [
    ...checkSameRouting(ingress, owner, context),
    ...checkProxyProtocol(ingress, owner),
    ...checkSharedTopology(ingress, owner),
  ];
}

function checkSameRouting({ path, args }: NamedIngress, owner: NamedIngress, context: GatewayContext) {
  const [given, allowed] = [routingOf(args, context), routingOf(owner.args, context)];
  return problemIf(given !== allowed, `${path}.routing`, {
    given,
    allowed: `"${allowed}", the routing of "${owner.name}" whose gateway it shares`,
    suggestion: "use the same routing, or a gateway of its own",
  });
}

function checkProxyProtocol({ path, args }: NamedIngress, owner: NamedIngress) {
  const [mine, theirs] = [sendsProxyProtocol(args), sendsProxyProtocol(owner.args)];
  const { strategy } = mine ? args : owner.args;
  return problemIf(mine !== theirs, mine ? `${path}.${strategy}.proxyProtocol` : `${path}.gateway.shareWith`, {
    given: mine ? true : owner.name,
    allowed: "a gateway whose load balancers all speak PROXY protocol, or none",
    suggestion: `set ${strategy}.proxyProtocol alike on both, or use a gateway of its own`,
  });
}

/** Labels by which Istio itself chooses; and the Gateway API's limit for `infrastructure.labels`. */
const istiosOwn = ["istio.io/rev", "istio.io/dataplane-mode", "sidecar.istio.io/inject", gatewayNameLabel];
const mostInfrastructureLabels = 8;

function checkLabels({ args, path: ingressPath }: NamedIngress, context: GatewayContext): readonly Problem[] {
  const labels = args.gateway?.labels ?? {};
  const routing = routingOf(args, context);
  const path = `${ingressPath}.gateway.labels`;
  const keys = Object.keys(labels);
  const chosen = createdByOf(routing, context) === "someone-else" ? labels[gatewayNameLabel] : undefined;
  return [
    ...checkOthersGateway(chosen, args.routes, `${ingressPath}.routes`),
    ...(routing === Routing.GatewayApi ? checkInfrastructureLabels(labels, path) : []),
    ...keys.flatMap((key) => {
      const own = istiosOwn.includes(key) && !(key === gatewayNameLabel && chosen !== undefined);
      if (!own) return [];
      const allowed = "labels that Istio does not set itself";
      return [problem(`${path}["${key}"]`, { given: labels[key], allowed, suggestion: "remove it" })];
    }),
  ];
}

/** Finds more labels than a Gateway of the Gateway API may give its pods. */
export function checkInfrastructureLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: string,
): readonly Problem[] {
  return problemIf(Object.keys(labels ?? {}).length > mostInfrastructureLabels, path, {
    given: labels,
    allowed: `at most ${mostInfrastructureLabels} labels on the pods of a Gateway of the Gateway API: its limit`,
    suggestion: "remove some",
  });
}

function checkOthersGateway(gateway: string | undefined, routes: readonly unknown[] | undefined, path: string) {
  if (gateway === undefined || routes === undefined) return [];
  return problemIf(routes.length > 0, path, {
    given: `${routes.length} routes`,
    allowed: `nothing while the pods are those of the Gateway "${gateway}" of the Gateway API, which someone else owns`,
    suggestion: `remove them, and write HTTPRoutes with "${gateway}" as their parent`,
  });
}

function warnOfOneReplica({ name, minReplicas, createdBy }: GatewaySettings): readonly string[] {
  if (minReplicas > 1 || createdBy === "someone-else") return [];
  return [`Gateway "${name}" may run on a single pod: it is gone while that pod or its node restarts.`];
}

/** Load balancers before shared pods reach each other's hosts, unless each forwards only its own. */
function warnOfSharing(owner: NamedIngress, all: readonly NamedIngress[]): readonly string[] {
  const served = all.filter((ingress) => ownerOf(ingress, all) === owner);
  if (served.length === 1) return [];
  const open = served.filter(
    ({ args }) => (args.hostnames ?? []).length === 0 || !strategyOf(args).forwardsHostnamesOnly,
  );
  return open.map(
    ({ name }) =>
      `Ingress "${name}" shares the gateway "${owner.name}" and forwards every host: its clients reach the hosts of the ` +
      `other ingresses too. An ALB with hostnames forwards only those.`,
  );
}
