import type { IngressArgs } from "./ingress-args";
import { strategyFor } from "./strategies";
import { invariant } from "../inputs/invariant";
import { pathText } from "../inputs/path";
import { problem, problemIf } from "../inputs/problem";
import type { GatewayServer } from "../plan/ingress";
import type { IngressSettings } from "../plan/ingress-settings";
import type { Problem, Resolved } from "../plan/problem";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { ClusterSettings } from "../plan/settings";
import type { LoadBalancerController } from "../plan/enums";
import { checkListeners } from "./gateways/listeners-check";
import { warnOfDecryptedPorts } from "./gateways/client-address-args";
import type { NamedIngress } from "./named-ingress";
import { type GatewayContext, ownerOf, resolveGateways, serviceOwnerOf } from "./gateways/resolve-gateways-args";
import { resolveIngress } from "./resolve-ingress-args";
import { checkRoutesOfShared } from "./routes/routes-check";

/** The ingresses of a mesh as the user wrote them. */
export interface IngressesArgs {
  readonly ingress: IngressArgs | undefined;
  readonly additionalIngresses: Readonly<Record<string, IngressArgs>>;
}

export interface IngressesContext extends GatewayContext {
  readonly cluster: ClusterSettings;
  readonly controller: LoadBalancerController;
}

export interface LoadBalancers {
  readonly ingresses: readonly IngressSettings[];
  readonly gateways: readonly GatewaySettings[];
}

/** Name of `args.ingress`. */
export const mainIngress = "istio-ingress";

/** Where an ingress of this name is written. */
export function ingressPath(name: string): string {
  return name === mainIngress ? "ingress" : pathText(["additionalIngresses", name]);
}

/** Names that Istio's own releases have. */
const reserved = /^(istio-base|istiod|istiod-.*|istio-cni|ztunnel|istio-egress|istio-egressgateway)$/;

/** Resolves all ingresses and the gateways behind them, and checks them against each other. */
export function resolveIngresses(args: IngressesArgs, context: IngressesContext): Resolved<LoadBalancers> {
  const all = namedIngresses(args);
  const resolved = all.map((ingress) =>
    resolveIngress(ingress.args, {
      ...context,
      name: ingress.name,
      path: ingress.path,
      gateway: ownerOf(ingress, all).name,
      service: serviceOwnerOf(ingress, all).name,
    }),
  );
  const ingresses = resolved.map(({ settings }) => settings);
  const gateways = resolveGateways(all, context);
  const paths = new Map(all.map(({ name, path }) => [name, path]));
  return {
    settings: { ingresses, gateways: gateways.settings },
    problems: [
      ...checkNames(args),
      ...resolved.flatMap(({ problems }) => problems),
      ...gateways.problems,
      ...checkAgainstEachOther(ingresses, paths, nameOf(context.cluster)),
      ...checkListeners(gateways.settings, ingresses, (name) => pathAt(paths, name)),
    ],
    warnings: [
      ...resolved.flatMap(({ warnings }) => warnings),
      ...gateways.warnings,
      ...warnOfDecryptedPorts(ingresses),
    ],
  };
}

function namedIngresses({ ingress, additionalIngresses }: IngressesArgs): readonly NamedIngress[] {
  return [
    ...(ingress === undefined ? [] : [{ name: mainIngress, path: "ingress", args: ingress }]),
    ...Object.entries(additionalIngresses).map(([name, args]) => ({
      name,
      path: pathText(["additionalIngresses", name]),
      args,
    })),
  ];
}

function checkNames({ ingress, additionalIngresses }: IngressesArgs): readonly Problem[] {
  return Object.keys(additionalIngresses).flatMap((name) => {
    const path = pathText(["additionalIngresses", name]);
    return [
      ...problemIf(ingress !== undefined && name === mainIngress, path, {
        given: name,
        allowed: `names other than "${mainIngress}", which is the one of ingress`,
        suggestion: "give it another name",
      }),
      ...problemIf(reserved.test(name), path, {
        given: name,
        allowed: "names that Istio's own releases do not have",
        suggestion: "give it another name",
      }),
    ];
  });
}

type Paths = ReadonlyMap<string, string>;

function pathAt(paths: Paths, ingress: string): string {
  return invariant(paths.get(ingress), `the path of ${ingress}`);
}

/** The cluster's name in names that are made of it, or what stands for one that is known later. */
function nameOf({ source }: ClusterSettings): string {
  return source.kind === "named" && typeof source.name === "string" ? source.name : "<cluster>";
}

function checkAgainstEachOther(
  ingresses: readonly IngressSettings[],
  paths: Paths,
  cluster: string,
): readonly Problem[] {
  return [
    ...ingresses.flatMap((ingress, index) => {
      const path = pathAt(paths, ingress.name);
      return ingresses
        .slice(0, index)
        .flatMap((earlier) => [
          ...checkLoadBalancers(ingress, earlier, { path, cluster }),
          ...checkRecords(ingress, earlier, path),
          ...(ingress.gateway === earlier.gateway ? checkShared(ingress, earlier, path) : []),
        ]);
    }),
  ];
}

function checkLoadBalancers(
  ingress: IngressSettings,
  earlier: IngressSettings,
  { path, cluster }: { readonly path: string; readonly cluster: string },
): readonly Problem[] {
  const strategy = strategyFor(ingress);
  const problems = strategy.checkBeside(earlier, path);
  if (problems.length > 0) return problems;
  const name = strategy.nameInAws(cluster);
  const taken = name !== undefined && name === strategyFor(earlier).nameInAws(cluster);
  return problemIf(taken, `${path}.${ingress.strategy.kind}.name`, {
    given: name,
    allowed: `a name of its own: "${earlier.name}" has this one`,
    suggestion: "give it another name",
  });
}

function zoneKey({ dns }: IngressSettings): string | undefined {
  if (dns === undefined || !dns.createRecords) return undefined;
  if (dns.zone.kind === "look-up") return `${dns.zone.name} ${String(dns.zone.privateZone)}`;
  return typeof dns.zone.id === "string" ? dns.zone.id : undefined;
}

function checkRecords(ingress: IngressSettings, earlier: IngressSettings, path: string): readonly Problem[] {
  const zone = zoneKey(ingress);
  if (zone === undefined || zone !== zoneKey(earlier)) return [];
  return ingress.hostnames.flatMap((host, index) =>
    problemIf(earlier.hostnames.includes(host), `${path}.hostnames[${index}]`, {
      given: host,
      allowed: `hostnames that no other ingress has in this zone; "${earlier.name}" has it`,
      suggestion: "remove it from one of the two, or set dns.createRecords: false there",
    }),
  );
}

function checkShared(...[ingress, earlier, path]: Parameters<typeof checkServers>): readonly Problem[] {
  return [...checkServers(ingress, earlier, path), ...checkRoutesOfShared(ingress, earlier, path)];
}

/** Pods that serve two ingresses can do only one thing with one host on one port. */
function checkServers(ingress: IngressSettings, earlier: IngressSettings, path: string): readonly Problem[] {
  const servers = strategyFor(earlier).servers;
  return strategyFor(ingress).servers.flatMap((server) => {
    const other = servers.find((candidate) => candidate.port === server.port);
    if (other === undefined || !clash(server, other)) return [];
    return [
      problem(`${path}.gateway.shareWith`, {
        given: earlier.gateway,
        allowed: `a gateway that can serve both: on port ${server.port} "${earlier.name}" wants ${doing(other)}, this one ${doing(server)}`,
        suggestion: "use a gateway of its own, or make tls alike on both",
      }),
    ];
  });
}

function clash(one: GatewayServer, other: GatewayServer): boolean {
  if (one.protocol !== other.protocol) return true;
  const overlap =
    one.hosts.length === 0 || other.hosts.length === 0 || one.hosts.some((host) => other.hosts.includes(host));
  return overlap && (one.redirect !== other.redirect || one.secretName !== other.secretName);
}

function doing({ protocol, redirect, secretName }: GatewayServer): string {
  if (redirect) return "a redirect to HTTPS";
  return secretName === undefined ? `plain ${protocol}` : `TLS with "${secretName}"`;
}
