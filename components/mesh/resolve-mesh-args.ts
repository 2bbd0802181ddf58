import { modes } from "../control-plane/modes";
import { checkInstalled, resolveIstio } from "../control-plane/charts/resolve-istio-args";
import { resolveCleanup } from "../cleanup/cleanup-args";
import { resolveCluster } from "../cluster/cluster-args";
import { warnOfAutoModeTags } from "../ingress/strategies/auto-mode-tags";
import { pathText } from "../inputs/path";
import { problem } from "../inputs/problem";
import { checkShape } from "../inputs/shape";
import { checkTags, type Tagged, tagsInOrder } from "../inputs/tag";
import { type IstioMeshArgs, istioMeshShape } from "../istio-mesh-args";
import { eastWestName } from "../multi-cluster/east-west-plan";
import { withEmptyNamespaces } from "../control-plane/namespaces/namespace-args";
import { resolveNamespaces } from "../control-plane/namespaces/resolve-namespaces-args";
import type { Problem, Resolved } from "../plan/problem";
import type { MeshSettings } from "../plan/settings";
import { LoadBalancerController, Profile } from "../plan/enums";
import { resolveVpcCni } from "../vpc-cni/resolve-vpc-cni-args";
import { checkChartValues } from "./chart-values-args";
import { checkPodAnnotation, writtenTopologies } from "../ingress/gateways/client-address-args";
import { checkAddonValues } from "../addons/addon-values-check";
import { checkClusterIdentity } from "../cluster/cluster-identity-check";
import { addonReleases, podRoles, unknownPlace } from "../addons/addons-plan";
import { warnOfDrainDurations } from "../ingress/gateways/drain-check";
import { checkPodSecurity, warnOfPodSecurity } from "../security/pod-security-check";
import { checkRegions, warnOfRegion } from "./region-check";
import { checkSharedNamespaces, namespacesInUse } from "../control-plane/namespaces/own-namespaces-check";
import {
  checkChartFailures,
  checkRefusedValues,
  warnOfUnknownMeshConfig,
  warnOfUnreadValues,
} from "./unread-values-args";
import { chartGateway, resolveEgressOf } from "../egress/resolve-mesh-egress-args";
import { mainIngress, resolveIngresses } from "../ingress/resolve-ingresses-args";
import { withMultiCluster } from "../multi-cluster/multi-cluster-config-args";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import { eastWestNamespace } from "../multi-cluster/resolve-east-west-args";
import { type MeshParts, resolveMeshNamespaces } from "./mesh-namespaces";
import { resolveGatewayApiOf } from "./resolve-gateway-api-args";
import { resolveMultiCluster } from "../multi-cluster/resolve-multi-cluster-args";
import { resolveSecurityOf, warnOfUnmanagedGateways, warnOfTlsFloor } from "../security/resolve-security-args";
import { warnOfRoutes } from "../ingress/routes/routes-args";
import { checkPublishedAddons } from "../addons/published-addons-check";
import { resolveAddonsOf } from "../addons/resolve-mesh-addons-args";
import { resolveTelemetryOf, withProviders } from "../telemetry/resolve-mesh-telemetry-args";
import { resolveTrafficOf, withTraffic } from "../traffic/resolve-mesh-traffic-args";
import { resolveWaypoints } from "../ingress/gateways/waypoint-args";

/** What the arguments of a mesh resolve to: settings to build from, or the problems that prevent it. */
export type MeshResolution =
  | { readonly settings: MeshSettings; readonly problems: readonly []; readonly warnings: readonly string[] }
  | { readonly settings: undefined; readonly problems: readonly Problem[]; readonly warnings: readonly string[] };

/**
 * Fills in every default and finds the problems of a mesh's arguments. Never throws, whatever it is given.
 *
 * In two phases: first everything that is wrong in form, such as an unknown member or a malformed value. Only when the
 * form is right, all rules between members: of values that nobody could read they would report what nobody wrote. The
 * region of the stack is checked where it is known.
 */
export function resolveIstioMesh(given: unknown, region?: string): MeshResolution {
  const args = withEmptyNamespaces(given);
  const { problems: malformed } = checkShape(istioMeshShape, args);
  if (malformed.length > 0) return refused(malformed, []);
  const { settings, ...resolved } = resolveValid(args as IstioMeshArgs, region);
  const problems = [...resolved.problems, ...checkRegions(args as IstioMeshArgs, region)];
  const warnings = [...resolved.warnings, ...warnOfRegion(region)];
  return problems.length > 0 ? refused(problems, warnings) : { settings, problems: [], warnings };
}

function refused(problems: readonly Problem[], warnings: readonly string[]): MeshResolution {
  return { settings: undefined, problems, warnings };
}

function resolveValid(args: IstioMeshArgs, region: string | undefined): Resolved<MeshSettings> {
  const { own, parts } = resolveCapabilities(args, region);
  const { istio, resolvedIngresses, egress, namespaces, security, multiCluster } = parts;
  const controlPlane = istio.settings;
  const eastWest = eastWestGateway(multiCluster.settings);
  const gateways = [...resolvedIngresses.settings.gateways, ...chartGateway(egress.settings), ...eastWest];
  const requiredValues = {
    ...{ mode: args.mode, controlPlane, gateways },
    ...{ security: security.settings, egress: egress.settings, multiCluster: multiCluster.settings },
  };
  const settings = settingsOf(args, parts);
  return {
    settings,
    problems: [
      ...Object.values(parts).flatMap((part) => part.problems),
      ...checkChartValues(requiredValues),
      ...checkRefusedValues(requiredValues),
      ...checkChartFailures(requiredValues),
      ...checkPodAnnotation(controlPlane, resolvedIngresses.settings.gateways),
      ...checkClusterIdentity(args.cluster, args.cleanup?.waitForNetworkInterfaces === true),
      ...checkProfileAndIngresses(args, controlPlane.profile),
      ...checkTags(args.tags ?? {}, taggedBy(settings)),
      ...checkSharedNamespaces(controlPlane, [...resolvedIngresses.settings.gateways, ...eastWest], gatewayPaths(args)),
      ...checkPodSecurity(settings),
      ...checkPublishedAddons(settings),
      ...checkAddonValues(addonReleases(settings, unknownPlace(controlPlane.namespace))),
    ],
    warnings: [
      ...Object.values(parts).flatMap((part) => part.warnings),
      ...warnOfUnreadValues(requiredValues),
      ...warnOfUnknownMeshConfig(requiredValues),
      ...warnOfDrainDurations(requiredValues),
      ...warnOfPodSecurity(settings),
      ...warnOfTlsFloor(requiredValues, resolvedIngresses.settings.ingresses),
      ...warnOfUnmanagedGateways(requiredValues, resolvedIngresses.settings.ingresses),
      ...warnOfTags(settings),
      ...warnOfRoutes({ ...resolvedIngresses.settings, namespaces: namespaces.settings, own: [...own.keys()] }),
    ],
  };
}

function taggedBy(settings: MeshSettings): Tagged {
  const { ingresses, multiCluster, controlPlane } = settings;
  return {
    loadBalancer: ingresses.length + eastWestGateway(multiCluster).length > 0,
    role: podRoles(settings, unknownPlace(controlPlane.namespace)).length > 0,
  };
}

function warnOfTags({ controller, tags, ingresses }: MeshSettings): readonly string[] {
  return controller === LoadBalancerController.EksAutoMode ? warnOfAutoModeTags(tags, ingresses) : [];
}

function settingsOf(args: IstioMeshArgs, parts: Parts): MeshSettings {
  const resolved = partsOf(args, parts);
  return { ...resolved, meshNamespaces: resolveMeshNamespaces(resolved) };
}

type Parts = ReturnType<typeof resolveCapabilities>["parts"];

function partsOf(args: IstioMeshArgs, parts: Parts): MeshParts {
  const { istio, telemetry, traffic, namespaces, egress, multiCluster } = parts;
  const configured = withTraffic(withProviders(istio.settings, telemetry.settings), traffic.settings);
  return {
    ...parts.resolvedIngresses.settings,
    mode: args.mode,
    controller: controllerOf(args),
    tags: tagsInOrder(args.tags ?? {}),
    permissionsBoundaryArn: args.permissionsBoundaryArn,
    controlPlane: withMultiCluster(configured, multiCluster.settings),
    cluster: parts.cluster.settings,
    crds: parts.gatewayApi.settings,
    namespaces: namespaces.settings,
    security: parts.security.settings,
    egress: egress.settings,
    waypoints: resolveWaypoints(namespaces.settings, egress.settings, istio.settings.profile),
    traffic: traffic.settings,
    telemetry: telemetry.settings,
    addons: parts.addons.settings,
    vpcCni: parts.vpcCni.settings,
    multiCluster: multiCluster.settings,
    cleanup: parts.cleanup.settings,
  };
}

function controllerOf({ loadBalancerController }: IstioMeshArgs): LoadBalancerController {
  return loadBalancerController ?? LoadBalancerController.AwsLoadBalancerController;
}

/** Each module resolves its own block; what one must know of another is passed in here. */
function resolveCapabilities(args: IstioMeshArgs, region: string | undefined) {
  const controller = controllerOf(args);
  const { mode, ingress, additionalIngresses = {} } = args;
  const cluster = resolveCluster(args.cluster, controller);
  const istio = resolveIstio(args.istio ?? {}, args.controlPlane ?? {}, mode);
  const { profile, main, namespace } = istio.settings;
  const { defaultRouting } = modes[mode];
  const resolvedIngresses = resolveIngresses(
    { ingress, additionalIngresses },
    { cluster: cluster.settings, controller, defaultRouting, profile, topologies: writtenTopologies(istio.settings) },
  );
  const { gateways } = resolvedIngresses.settings;
  const egress = resolveEgressOf(args, { mode, profile, gateways, region });
  const eastWest = eastWestNamespace(args.multiCluster?.eastWest);
  const own = namespacesInUse(namespace, gateways, { egress: egress.settings, eastWest });
  const gatewayApi = resolveGatewayApiOf(args, istio.settings, resolvedIngresses.settings);
  const namespaces = resolveNamespaces(args.namespaces ?? {}, {
    mode,
    revision: main.revision,
    checkInstalled: (name, path) => checkInstalled(name, path, istio.settings),
    own,
  });
  const security = resolveSecurityOf(args, istio.settings, { controller, namespaces: namespaces.settings });
  const traffic = resolveTrafficOf(args, istio.settings, {
    ...{ namespaces: namespaces.settings, security: security.settings, egress: egress.settings },
  });
  const telemetry = resolveTelemetryOf(args, istio.settings, namespaces.settings);
  const addons = resolveAddonsOf(args.addons ?? {}, istio.settings, telemetry.settings);
  const vpcCni = resolveVpcCni(args.vpcCni, { mode, controller, version: main.version });
  const multiCluster = resolveMultiCluster(args, {
    ...{ cluster: cluster.settings, controlPlane: istio.settings, security: security.settings, gateways, controller },
  });
  const cleanup = resolveCleanup(args.cleanup ?? {});
  const more = { traffic, telemetry, addons, vpcCni, multiCluster, cleanup };
  return { own, parts: { cluster, istio, resolvedIngresses, egress, gatewayApi, namespaces, security, ...more } };
}

/** Where each ingress is written, by its name. */
function ingressPaths({ ingress, additionalIngresses = {} }: IstioMeshArgs): ReadonlyMap<string, string> {
  return new Map([
    ...(ingress === undefined ? [] : [[mainIngress, "ingress"] as const]),
    ...Object.keys(additionalIngresses).map((name) => [name, pathText(["additionalIngresses", name])] as const),
  ]);
}

/** Where each gateway is written: those of ingresses, and the east-west gateway. */
function gatewayPaths(args: IstioMeshArgs): ReadonlyMap<string, string> {
  return new Map([...ingressPaths(args), [eastWestName, "multiCluster.eastWest"]]);
}

function checkProfileAndIngresses(args: IstioMeshArgs, profile: Profile): readonly Problem[] {
  if (profile !== Profile.Minimal) return [];
  return [...ingressPaths(args).values()].map((path) =>
    problem(path, {
      given: "an ingress",
      allowed: 'nothing with profile "minimal", which is the control plane only',
      suggestion: 'remove the ingress, or write istio.profile: "default"',
    }),
  );
}
