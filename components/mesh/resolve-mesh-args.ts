import { modes } from "../modes";
import { checkInstalled, resolveIstio } from "../charts/resolve-istio-args";
import { minorOf } from "../charts/versions";
import { resolveCleanup } from "../cleanup/cleanup-args";
import { resolveCluster } from "../cluster/cluster-args";
import { resolveGatewayApi } from "../gateways/gateway-api-args";
import { warnOfAutoModeTags } from "../ingress/auto-mode-tags";
import { pathText } from "../inputs/path";
import { problem } from "../inputs/problem";
import { checkShape } from "../inputs/shape";
import { checkTagKeys, tagsInOrder } from "../inputs/tag";
import type { IngressArgs } from "../ingress-args";
import { type IstioMeshArgs, istioMeshShape } from "../istio-mesh-args";
import { resolveNamespaces } from "../modes/resolve-namespaces-args";
import type { Problem, Resolved } from "../plan/problem";
import type { EgressSettings, GatewaySettings, MeshSettings } from "../plan/settings";
import { IngressStrategy, LoadBalancerController, Mode, Profile, Routing } from "../plan/words";
import { resolveVpcCni } from "../vpc-cni/resolve-vpc-cni-args";
import { checkChartValues } from "./chart-values-args";
import { checkAddonValues } from "./addon-values-check";
import { addonReleases, unknownPlace } from "./addons-plan";
import { isNews } from "./follow-ups";
import { checkChartFailures, checkRefusedValues, warnOfUnreadValues } from "./unread-values-args";
import { chartGateway, resolveEgressOf } from "./resolve-egress-args";
import { resolveIngresses } from "./resolve-ingresses-args";
import { resolveSecurityOf, warnOfStrangers, warnOfTlsFloor } from "./resolve-security-args";
import { warnOfRoutes } from "./routes-args";
import { checkPublishedAddons } from "./published-addons-check";
import { resolveAddonsOf } from "./resolve-addons-args";
import { resolveTelemetryOf, withProviders } from "./resolve-telemetry-args";
import { resolveWaypoints } from "./waypoints-args";

/**
 * Fills in every default and finds every problem of a mesh's arguments. Never throws, whatever it is given.
 *
 * First the shape is checked, then the rules between members go on with what is sound, so that all is told at once.
 */
export function resolveIstioMesh(args: unknown): Resolved<MeshSettings> {
  const { problems, sound, pathBefore } = checkShape(istioMeshShape, args);
  const resolved = resolveSound(complete(sound as Partial<IstioMeshArgs> | undefined));
  const found = resolved.problems.map((problem) => ({ ...problem, path: pathBefore(problem.path) }));
  return { ...resolved, problems: [...problems, ...found.filter(isNews(problems))] };
}

interface CompleteArgs extends IstioMeshArgs {
  additionalIngresses: { [name: string]: IngressArgs };
}

/** What the rules go on with where something required is missing or wrong; that is a problem already. */
function complete(sound: Partial<IstioMeshArgs> | undefined): CompleteArgs {
  const args = sound ?? {};
  const withStrategy = (ingress: IngressArgs): IngressArgs => ({
    ...ingress,
    strategy: ingress.strategy ?? (ingress.alb === undefined ? IngressStrategy.Nlb : IngressStrategy.Alb),
  });
  const additional = Object.entries(args.additionalIngresses ?? {}).map(
    ([name, one]) => [name, withStrategy(one)] as const,
  );
  return {
    ...args,
    mode: args.mode ?? (args.istio?.sidecarCni === undefined ? Mode.Ambient : Mode.Sidecar),
    cluster: args.cluster ?? {},
    ...(args.ingress === undefined ? {} : { ingress: withStrategy(args.ingress) }),
    additionalIngresses: Object.fromEntries(additional),
  };
}

function resolveSound(args: CompleteArgs): Resolved<MeshSettings> {
  const { own, parts } = resolveRooms(args);
  const { istio, doors, egress, namespaces, security } = parts;
  const controlPlane = istio.settings;
  const gateways = [...doors.settings.gateways, ...chartGateway(egress.settings)];
  const demands = {
    ...{ mode: args.mode, controlPlane, gateways },
    ...{ security: security.settings, egress: egress.settings },
  };
  const settings = settingsOf(args, parts);
  return {
    settings,
    problems: [
      ...Object.values(parts).flatMap((part) => part.problems),
      ...checkChartValues(demands),
      ...checkRefusedValues(demands),
      ...checkChartFailures(demands),
      ...checkProfileAndIngresses(args, controlPlane.profile),
      ...checkTagKeys(args.tags ?? {}),
      ...checkPublishedAddons(settings),
      ...checkAddonValues(addonReleases(settings, unknownPlace(controlPlane.namespace))),
    ],
    warnings: [
      ...Object.values(parts).flatMap((part) => part.warnings),
      ...warnOfUnreadValues(demands),
      ...warnOfTlsFloor(demands, doors.settings.ingresses),
      ...warnOfStrangers(demands, doors.settings.ingresses),
      ...(settings.controller === LoadBalancerController.EksAutoMode
        ? warnOfAutoModeTags(settings.tags, settings.ingresses)
        : []),
      ...warnOfRoutes({ ...doors.settings, namespaces: namespaces.settings, own: [...own.keys()] }),
    ],
  };
}

function settingsOf(args: CompleteArgs, parts: ReturnType<typeof resolveRooms>["parts"]): MeshSettings {
  const { cluster, istio, doors, egress, gatewayApi, namespaces, security, telemetry, addons, vpcCni, cleanup } = parts;
  return {
    ...{ mode: args.mode, controller: controllerOf(args), tags: tagsInOrder(args.tags ?? {}), ...doors.settings },
    controlPlane: withProviders(istio.settings, telemetry.settings),
    cluster: cluster.settings,
    crds: gatewayApi.settings,
    namespaces: namespaces.settings,
    security: security.settings,
    egress: egress.settings,
    waypoints: resolveWaypoints(namespaces.settings, egress.settings, istio.settings.profile),
    telemetry: telemetry.settings,
    addons: addons.settings,
    vpcCni: vpcCni.settings,
    cleanup: cleanup.settings,
  };
}

function controllerOf({ loadBalancerController }: CompleteArgs): LoadBalancerController {
  return loadBalancerController ?? LoadBalancerController.AwsLoadBalancerController;
}

/** Each room resolves its own block; what one must know of another is handed to it here. */
function resolveRooms(args: CompleteArgs) {
  const controller = controllerOf(args);
  const { mode, ingress, additionalIngresses } = args;
  const cluster = resolveCluster(args.cluster, controller);
  const istio = resolveIstio(args.istio ?? {}, args.controlPlane ?? {}, mode);
  const { profile, main, canary, namespace } = istio.settings;
  const { defaultRouting } = modes[mode];
  const doors = resolveIngresses(
    { ingress, additionalIngresses },
    { cluster: cluster.settings, controller, defaultRouting, profile },
  );
  const { gateways } = doors.settings;
  const egress = resolveEgressOf(args, { mode, profile, gateways });
  const own = ownNamespaces(namespace, gateways, egress.settings);
  const gatewayApi = resolveGatewayApi(args.gatewayApi ?? {}, {
    needed: needsGatewayApi(mode, profile, gateways),
    wanted: gatewayApiOf((canary ?? main).version),
  });
  const namespaces = resolveNamespaces(args.namespaces ?? {}, {
    mode,
    revision: main.revision,
    checkInstalled: (name, path) => checkInstalled(name, path, istio.settings),
    own,
  });
  const security = resolveSecurityOf(args, istio.settings, { controller, namespaces: namespaces.settings });
  const telemetry = resolveTelemetryOf(args, istio.settings, namespaces.settings);
  const addons = resolveAddonsOf(args, istio.settings, telemetry.settings);
  const vpcCni = resolveVpcCni(args.vpcCni, { mode, controller, version: main.version });
  const cleanup = resolveCleanup(args.cleanup ?? {});
  return {
    own,
    parts: { cluster, istio, doors, egress, gatewayApi, namespaces, security, telemetry, addons, vpcCni, cleanup },
  };
}

/** Ambient wants the definitions even without a Gateway: waypoints are Gateways. */
function needsGatewayApi(mode: Mode, profile: Profile, gateways: readonly GatewaySettings[]): boolean {
  if (profile === Profile.Empty) return false;
  return mode === Mode.Ambient || gateways.some((gateway) => gateway.routing === Routing.GatewayApi);
}

/** Versions whose minor nobody knows are not sound. */
function gatewayApiOf(version: string): string {
  return String(minorOf(version)?.gatewayApi);
}

/** Namespaces that the mesh makes for itself, and what each is for. */
function ownNamespaces(
  system: string,
  gateways: readonly GatewaySettings[],
  { namespace: egress }: EgressSettings,
): ReadonlyMap<string, string> {
  return new Map([
    ...(egress === undefined ? [] : [[egress, "for egress"] as const]),
    ...gateways.map((gateway) => [gateway.namespace, "for gateways"] as const),
    [system, "for istiod"],
  ]);
}

function checkProfileAndIngresses(
  { ingress, additionalIngresses }: CompleteArgs,
  profile: Profile,
): readonly Problem[] {
  if (profile !== Profile.Minimal) return [];
  const paths = [
    ...(ingress === undefined ? [] : ["ingress"]),
    ...Object.keys(additionalIngresses).map((name) => pathText(["additionalIngresses", name])),
  ];
  return paths.map((path) =>
    problem(path, {
      given: "an ingress",
      allowed: 'nothing with profile "minimal", which is the control plane only',
      remedy: 'remove the ingress, or write istio.profile: "default"',
    }),
  );
}
