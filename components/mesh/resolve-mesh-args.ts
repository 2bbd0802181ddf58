import { warnOfAutoModeTags } from "../ingress/strategies/auto-mode-tags";
import { pathText } from "../inputs/path";
import { problem } from "../inputs/problem";
import { checkShape } from "../inputs/shape";
import { checkTags, type Tagged, tagsInOrder } from "../inputs/aws/tag";
import { type IstioMeshArgs, istioMeshShape } from "../istio-mesh-args";
import { eastWestName } from "../multi-cluster/east-west-plan";
import { withEmptyNamespaces } from "../control-plane/namespaces/namespace-args";
import type { Problem, Resolved } from "../plan/problem";
import type { MeshSettings } from "../plan/settings";
import { LoadBalancerController, Profile } from "../plan/enums";
import { checkChartValues } from "./chart-values-check";
import { checkPodAnnotation } from "../ingress/gateways/client-address-args";
import { checkAddonValues } from "../addons/addon-values-check";
import { checkClusterIdentity } from "../cluster/cluster-identity-check";
import { addonReleases, podRoles, unknownPlace } from "../addons/addons-plan";
import { warnOfDrainDurations } from "../ingress/gateways/drain-check";
import { checkPodSecurity, warnOfPodSecurity } from "../security/pod-security-check";
import { checkRegions, warnOfRegion } from "./region-check";
import { checkSharedNamespaces } from "../control-plane/namespaces/own-namespaces-check";
import {
  checkChartFailures,
  checkRefusedValues,
  warnOfUnknownMeshConfig,
  warnOfUnreadValues,
} from "./unread-values-check";
import { mainIngress } from "../ingress/resolve-ingresses-args";
import { withMultiCluster } from "../multi-cluster/mesh-config";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import { type MeshParts, resolveMeshNamespaces } from "./mesh-namespaces";
import { warnOfUnmanagedGateways, warnOfTlsFloor } from "../security/resolve-security-args";
import { warnOfRoutes } from "../ingress/routes/routes-check";
import { checkPublishedAddons } from "../addons/published-addons-check";
import { resolveWaypoints } from "../ingress/gateways/waypoint-args";
import { chartGateway } from "../egress/egress-gateway-plan";
import { withProviders } from "../telemetry/extension-providers";
import { withTraffic } from "../traffic/mesh-config";
import { controllerOf, resolveCapabilities } from "./resolve-capabilities-args";

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
