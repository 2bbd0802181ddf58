import { type Contradiction, findContradictions, isTree } from "../../control-plane/charts/values/chart-values";
import { proxyConfigAnnotation, proxyConfigKey, readProxyConfig } from "../../control-plane/charts/proxy-config";
import { strategyFor } from "../strategies";
import { sendsProxyProtocol, strategyOf } from "../strategies/strategy-args";
import { valueAt } from "../../inputs/path";
import { problem, problemIf } from "../../inputs/problem";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { Tree } from "../../plan/input-value";
import type { Problem } from "../../plan/problem";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { ControlPlaneSettings } from "../../plan/settings";
import { type GatewayTopology, topologyConfig } from "./gateway-topology";
import { drainConfig, isDrainDuration } from "./drain-config";
import type { NamedIngress } from "../named-ingress";
import { writtenMeshConfigs } from "../../control-plane/charts/values/written-mesh-configs";

/** A `gatewayTopology` in the user's own configuration of Istio. */
export interface WrittenTopology {
  /** Where it is written: what problems name. */
  readonly path: string;
  readonly topology: Tree;
  /** It is in the annotations of the gateway chart's pods, and not for the whole mesh. */
  readonly ofPods: boolean;
}

const podAnnotationPath = `istio.values.gateway.podAnnotations["${proxyConfigKey}"]`;

/** Finds them; a later one wins over an earlier one. */
export function writtenTopologies(controlPlane: ControlPlaneSettings): readonly WrittenTopology[] {
  const ofMesh = writtenMeshConfigs(controlPlane).map(({ path, config }) => ({
    path: `${path}.defaultConfig.gatewayTopology`,
    topology: valueAt(config, ["defaultConfig", "gatewayTopology"]),
    ofPods: false,
  }));
  const annotation = valueAt(controlPlane.values.gateway, ["podAnnotations", proxyConfigKey]);
  const topology = valueAt(readProxyConfig(annotation), ["gatewayTopology"]);
  return [...ofMesh, { path: podAnnotationPath, topology, ofPods: true }].flatMap(({ topology, ...rest }) =>
    isTree(topology) ? [{ ...rest, topology }] : [],
  );
}

/** What one gateway serves, and what the user's configuration of Istio says of all of them. */
export interface TopologyRequirement {
  readonly served: readonly NamedIngress[];
  readonly written: readonly WrittenTopology[];
}

/** The annotations of a gateway's pods, and how many proxies before them are trusted in the end. */
export function resolveTopology({ served, written }: TopologyRequirement, drainSeconds: number) {
  const topology = topologyOf(served);
  const { topology: effective = {} } = written.at(-1) ?? {};
  const numbers = written.map((one) => trustedBy(one)).filter((number) => number !== undefined);
  return {
    annotations: proxyConfigAnnotation(topologyConfig(topology, effective), drainConfig(drainSeconds)),
    trustedProxies: topology.trustedProxies ?? numbers.at(-1) ?? 0,
  };
}

/**
 * With different numbers of proxies before one gateway the smallest counts: by the shortest way a client could write the
 * entries of X-Forwarded-For itself.
 */
function topologyOf(served: readonly NamedIngress[]): GatewayTopology {
  const decided = served.some((one) => appendedBy(one) > 0 || one.args.trustedProxies !== undefined);
  return {
    trustedProxies: decided ? Math.min(...served.map(proxiesBefore)) : undefined,
    proxyProtocol: served.every(({ args }) => sendsProxyProtocol(args)),
  };
}

/** Proxies that add to X-Forwarded-For before the gateway: those before the load balancer, and an ALB itself. */
function proxiesBefore(ingress: NamedIngress): number {
  return (ingress.args.trustedProxies ?? 0) + appendedBy(ingress);
}

/** How many addresses the load balancer itself appends to X-Forwarded-For. */
function appendedBy({ args }: NamedIngress): number {
  return strategyOf(args).appendedAddresses;
}

/** What users call the load balancers of these ingresses. */
function titlesOf(all: readonly NamedIngress[]): string {
  return [...new Set(all.map(({ args }) => strategyOf(args).title))].sort().join(" and ");
}

function trustedBy({ topology: { numTrustedProxies: given } }: WrittenTopology): number | undefined {
  if (typeof given === "number") return given;
  return typeof given === "string" && /^\d+$/.test(given) ? Number(given) : undefined;
}

/** The user's configuration of Istio may not count other proxies than the arguments do. */
export function checkTopology(owner: NamedIngress, { served, written }: TopologyRequirement): readonly Problem[] {
  const { trustedProxies: counted } = topologyOf(served);
  if (counted === undefined) return [];
  const appended = appendedBy(owner);
  const counts = appended > 0 ? `its ${titlesOf([owner])} and its` : "its";
  return written.flatMap((one) => {
    const given = trustedBy(one);
    const before = given === undefined ? 0 : given - appended;
    const member = `${owner.path}.trustedProxies: ${before}`;
    const path = one.ofPods ? one.path : `${one.path}.numTrustedProxies`;
    return problemIf(given !== undefined && given !== counted, path, {
      given,
      allowed: `${counted}, the proxies before gateway "${owner.name}": ${counts} trustedProxies`,
      suggestion: `remove it${before < 0 ? "" : `, and write ${member} if that many proxies stand before the load balancer`}`,
    });
  });
}

/** Load balancers that share a gateway need the same number of proxies before it, if any of them states a number. */
export function checkSharedTopology(ingress: NamedIngress, owner: NamedIngress): readonly Problem[] {
  const stated = [ingress, owner].some(({ args }) => args.trustedProxies !== undefined);
  const [mine, theirs] = [proxiesBefore(ingress), proxiesBefore(owner)];
  if (!stated || mine === theirs) return [];
  const own = ingress.args.trustedProxies;
  return [
    problem(`${ingress.path}.${own === undefined ? "gateway.shareWith" : "trustedProxies"}`, {
      given: own === undefined ? owner.name : own,
      allowed: `a gateway with the same number of proxies before it, an ALB included: ${theirs} at "${owner.name}", ${mine} here`,
      suggestion: "use a gateway of its own",
    }),
  ];
}

/**
 * Load balancers before one gateway of which only some append to X-Forwarded-For, such as an ALB beside an NLB: clients of
 * the NLB could write what the ALB writes, so neither is trusted.
 */
export function warnOfLostAddress(owner: NamedIngress, { served }: TopologyRequirement): readonly string[] {
  const least = Math.min(...served.map(proxiesBefore));
  const affected = served.filter((one) => proxiesBefore(one) > least);
  if (affected.length === 0) return [];
  const names = affected.map(({ name }) => `"${name}"`).sort();
  const [losing, other] = [titlesOf(affected), titlesOf(served.filter((one) => !affected.includes(one)))];
  return [
    `Gateway "${owner.name}" serves an ${losing} and an ${other}, so it cannot trust X-Forwarded-For and X-Forwarded-Proto of the ` +
      `${losing}: applications see an address of the load balancer in place of the client's, and "http" where the client used ` +
      `HTTPS, in requests of ${names.join(", ")}. Give the ${losing} and the ${other} a gateway each.`,
  ];
}

/**
 * The proxy configuration in the user's pod annotations: what the arguments decide is merged into it, so it may not decide
 * the same otherwise.
 */
export function checkPodAnnotation(
  { values }: ControlPlaneSettings,
  gateways: readonly GatewaySettings[],
): readonly Problem[] {
  const given = valueAt(values.gateway, ["podAnnotations", proxyConfigKey]);
  if (given === undefined) return [];
  const config = readProxyConfig(given);
  const unreadable = problemIf(config === undefined, podAnnotationPath, {
    given,
    allowed: "the YAML of a ProxyConfig, known before the deployment: what the arguments decide is merged into it",
    suggestion: 'write it as a text, such as "concurrency: 2", or use istio.meshConfig.defaultConfig',
  });
  const ours = gateways.flatMap(({ createdBy, annotations }) => {
    const own = createdBy === "chart" ? readProxyConfig(annotations[proxyConfigKey]) : undefined;
    return own === undefined ? [] : findContradictions(config, own);
  });
  const found = new Map(ours.map((contradiction) => [contradiction.path, contradiction]));
  found.delete("gatewayTopology.numTrustedProxies");
  return [...unreadable, ...[...found.values()].map(contradictionProblem)];
}

function contradictionProblem({ path, given, required }: Contradiction): Problem {
  return problem(podAnnotationPath, {
    given: { [path]: given },
    allowed: `${path}: ${JSON.stringify(required)}, which a member of the ingress decides`,
    suggestion: `remove ${path}${isDrainDuration(path) ? " and use gateway.drainSeconds" : ""}`,
  });
}

/** A load balancer that passes connections through to a port where another one ends TLS before the same gateway. */
export function warnOfDecryptedPorts(ingresses: readonly IngressSettings[]): readonly string[] {
  return ingresses.flatMap((ingress) => {
    const { targetPorts, decryptedPorts } = strategyFor(ingress);
    return ingresses
      .filter((other) => other !== ingress && other.gateway === ingress.gateway)
      .flatMap((other) =>
        strategyFor(other)
          .decryptedPorts.filter((port) => !decryptedPorts.includes(port))
          .filter((port) => targetPorts.some((target) => target.port === port))
          .map(
            (port) =>
              `Ingress "${ingress.name}" passes connections through to port ${port} of the gateway that it shares with ` +
              `"${other.name}", whose ${strategyFor(other).module.title} ends TLS there: the gateway does not understand TLS on this port, and plain ` +
              `HTTP reaches applications as https. End TLS at both, or give "${ingress.name}" a gateway of its own.`,
          ),
      );
  });
}
