import { proxyConfigAnnotation } from "../control-plane/charts/proxy-config";
import { nameByIstiod } from "../ingress/gateways/gateway-api-gateway-plan";
import { checkGateway, gatewayDefaults } from "../ingress/gateways/gateway-args";
import { checkInfrastructureLabels, gatewayNameLabel } from "../ingress/gateways/resolve-gateways-args";
import { strategies } from "../ingress/strategies";
import { resolveAddressType } from "../ingress/clients/address-type-args";
import { resolveClients } from "../ingress/clients/clients-args";
import { resolveHealthCheck } from "../ingress/health-check-args";
import { resolveNlb } from "../ingress/strategies/nlb/nlb-args";
import { resolveTls } from "../ingress/certificates/tls-args";
import { isPrivateRange, rangeBits } from "../inputs/network/cidr";
import { invariant } from "../inputs/invariant";
import { problem, problemIf } from "../inputs/problem";
import type { EastWestArgs, FlatNetworkArgs } from "./multi-cluster-args";
import { eastWestName } from "./east-west-plan";
import type { ClientRange } from "../plan/ingress-settings";
import type { EastWestSettings } from "../plan/multi-cluster";
import type { Problem, Resolved } from "../plan/problem";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { ClusterSettings, ControlPlaneSettings } from "../plan/settings";
import { type IpAddressType, Mode, Routing, Scheme } from "../plan/enums";
import { drainConfig } from "../ingress/gateways/drain-config";

/** What the east-west gateway must know of the mesh. */
export interface EastWestContext {
  readonly cluster: ClusterSettings;
  readonly controlPlane: ControlPlaneSettings;
  /** Gateways of the ingresses. */
  readonly gateways: readonly GatewaySettings[];
  readonly network: string;
  readonly mode: Mode;
}

const path = "multiCluster.eastWest";

/** The label by which Istio Gateways select its pods. */
const label = "eastwestgateway";

/** The namespace of the east-west gateway; undefined: there is none. */
export function eastWestNamespace(args: EastWestArgs | undefined): string | undefined {
  return args === undefined ? undefined : (args.gateway?.namespace ?? "istio-eastwest");
}

/** Resolves the east-west gateway, if there is one. */
export function resolveEastWest(
  args: EastWestArgs | undefined,
  context: EastWestContext,
): Resolved<EastWestSettings | undefined> {
  if (args === undefined) return { settings: undefined, problems: [], warnings: [] };
  const { cluster, controlPlane } = context;
  const scheme = args.scheme ?? Scheme.Internal;
  const ipAddressType = resolveAddressType(undefined, { path, ipFamily: cluster.ipFamily, nodePorts: false }).settings;
  const clients = resolveAllowed({ ...args, scheme, ipAddressType }, { path, listeners: 1 });
  const subnetIds = args.subnetIds ?? cluster.subnetIds;
  const tls = resolveTls(undefined, { path, hostnames: [], hasPublicZone: false }).settings;
  const nlb = resolveNlb({}, { path, scheme, tls, subnets: subnetIds.length }).settings;
  const healthCheck = resolveHealthCheck({}, { path, strategy: strategies.nlb }).settings;
  return {
    settings: {
      gateway: gatewayOf(args, context),
      loadBalancer: {
        ...{ name: eastWestName, gateway: eastWestName, service: eastWestName, scheme, ipAddressType, subnetIds },
        ...{ tls, healthCheck, hostnames: [], dns: undefined, annotations: {}, routes: [], rateLimit: undefined },
        strategy: { ...nlb, eipAllocationIds: args.eipAllocationIds ?? [] },
        clients: clients.settings,
      },
    },
    problems: [
      ...clients.problems,
      ...checkElasticIps(args, { scheme, subnets: subnetIds.length }),
      ...checkGateway(args.gateway ?? {}, `${path}.gateway`, controlPlane.profile).filter(isNotOfSharing),
      ...checkPods(args, context),
    ],
    warnings: [...clients.warnings, ...warnOfRanges(args, scheme)],
  };
}

/** Peers come from private addresses to a load balancer that has private ones, and from public addresses to one that has those. */
function warnOfRanges({ allowedCidrs = [] }: EastWestArgs, scheme: Scheme): readonly string[] {
  const wrong = allowedCidrs.filter((range) => isPrivateRange(range) === (scheme === Scheme.InternetFacing));
  if (wrong.length === 0) return [];
  const [kind, suggestion] =
    scheme === Scheme.InternetFacing
      ? ["an internet-facing load balancer by public addresses", "Write those of their NAT gateways"]
      : [
          "an internal load balancer by private addresses, unless their VPC has public ranges",
          "Write the ranges of their VPCs",
        ];
  return [
    `${path}.allowedCidrs: peers reach ${kind}, so that ${wrong.join(", ")} may let nobody in. ${suggestion}, or another scheme.`,
  ];
}

/** Who creates the pods: istiod for HBONE, the gateway chart for mTLS of sidecars. */
function podsOf(mode: Mode): Pick<GatewaySettings, "routing" | "createdBy" | "selector"> {
  return mode === Mode.Ambient
    ? { routing: Routing.GatewayApi, createdBy: "istiod", selector: { [gatewayNameLabel]: eastWestName } }
    : { routing: Routing.Istio, createdBy: "chart", selector: { app: eastWestName, istio: label } };
}

function gatewayOf(args: EastWestArgs, { controlPlane, network, mode }: EastWestContext): GatewaySettings {
  const { gateway = {} } = args;
  const defaults = gatewayDefaults(gateway, controlPlane.profile);
  return {
    ...defaults,
    ...{ name: eastWestName, namespace: invariant(eastWestNamespace(args), "the namespace of the east-west gateway") },
    ...{ service: "ours", network },
    ...podsOf(mode),
    annotations: proxyConfigAnnotation({}, drainConfig(defaults.drainSeconds)),
    trustedProxies: 0,
  };
}

/** The members beside `shareWith` are right here; only `shareWith` itself is not. */
function isNotOfSharing({ allowed }: Problem): boolean {
  return !allowed.startsWith("nothing beside shareWith");
}

function checkPods(args: EastWestArgs, { gateways, mode }: EastWestContext): readonly Problem[] {
  const { gateway = {} } = args;
  const own = eastWestNamespace(args);
  const owned = ["app", "istio", "topology.istio.io/network"].filter((key) => gateway.labels?.[key] !== undefined);
  return [
    ...problemIf(gateway.shareWith !== undefined, `${path}.gateway.shareWith`, {
      given: gateway.shareWith,
      allowed: "nothing: pods of an ingress cannot serve other clusters as well",
      suggestion: "remove it",
    }),
    ...(mode === Mode.Ambient ? checkInfrastructureLabels(gateway.labels, `${path}.gateway.labels`) : []),
    ...owned.map((key) =>
      problem(`${path}.gateway.labels[${JSON.stringify(key)}]`, {
        given: gateway.labels?.[key],
        allowed: "other labels: this one is set by the mesh",
        suggestion: "remove it",
      }),
    ),
    ...gateways.flatMap(({ name, namespace }) =>
      problemIf(mode === Mode.Ambient && name === nameByIstiod(eastWestName) && namespace === own, path, {
        given: "an east-west gateway",
        allowed: `nothing while the ingress "${name}" has the name that istiod gives to the Service of the gateway, in one namespace`,
        suggestion: `rename "${name}", or write another gateway.namespace`,
      }),
    ),
    ...gateways.flatMap(({ name, selector }) =>
      problemIf(name === eastWestName || selector["istio"] === label, path, {
        given: "an east-west gateway",
        allowed: `nothing while the ingress "${name}" has its name or its label, istio: ${label}`,
        suggestion: `rename "${name}", or give it another label with gateway.labels`,
      }),
    ),
  ];
}

interface Addresses {
  readonly scheme: Scheme;
  readonly subnets: number;
}

function checkElasticIps({ eipAllocationIds = [] }: EastWestArgs, { scheme, subnets }: Addresses): readonly Problem[] {
  const count = eipAllocationIds.length;
  return [
    ...problemIf(count > 0 && scheme === Scheme.Internal, `${path}.eipAllocationIds`, {
      given: eipAllocationIds,
      allowed: 'Elastic IPs with scheme "internet-facing" only',
      suggestion:
        'write scheme: "internet-facing", or remove them: the addresses of an internal NLB do not change either',
    }),
    ...problemIf(count > 0 && subnets !== count, `${path}.eipAllocationIds`, {
      given: eipAllocationIds,
      allowed: `one for each of subnetIds, of which there ${subnets === 1 ? "is 1" : `are ${subnets}`}`,
      suggestion: "name as many subnets as Elastic IPs",
    }),
  ];
}

interface AllowedContext {
  readonly path: string;
  readonly listeners: number;
}

interface AllowedArgs extends FlatNetworkArgs {
  readonly scheme?: Scheme;
  readonly ipAddressType?: IpAddressType;
}

/** Resolves which peers may connect. The internet is none. */
export function resolveAllowed(
  args: AllowedArgs | undefined,
  context: AllowedContext,
): Resolved<readonly ClientRange[]> {
  if (args === undefined) return { settings: [], problems: [], warnings: [] };
  const { allowedCidrs = [], allowedSecurityGroupIds = [] } = args;
  if (allowedCidrs.length + allowedSecurityGroupIds.length === 0) {
    const missing = problem(context.path, {
      given: "neither allowedCidrs nor allowedSecurityGroupIds",
      allowed: "the ranges of the peers, or the security groups of their nodes: nobody else may connect",
      suggestion: 'add allowedCidrs, such as ["10.1.0.0/16"]',
    });
    return { settings: [], problems: [missing], warnings: [] };
  }
  const anyFamily = args.ipAddressType === undefined;
  const clients = resolveClients({ allowedCidrs, allowedSecurityGroupIds, ...args }, { ...context, anyFamily });
  return { ...clients, problems: [...clients.problems, ...checkWidth(allowedCidrs, context)] };
}

/** The widest range of private addresses has 8 bits; of IPv6, that of a provider's customers has 32. */
const leastBits = { ipv4: 8, ipv6: 32 } as const;

function checkWidth(ranges: readonly string[], context: AllowedContext): readonly Problem[] {
  return ranges.flatMap((range, index) => {
    const { kind, bits } = rangeBits(range);
    return problemIf(bits < leastBits[kind], `${context.path}.allowedCidrs[${index}]`, {
      given: range,
      allowed: `ranges of at least ${leastBits[kind]} bits: only peers may connect, and not the internet or a part of it`,
      suggestion: "write the ranges of the peers' VPCs, or the addresses of their NAT gateways",
    });
  });
}
