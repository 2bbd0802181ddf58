import { baseRequirements } from "../control-plane/charts/base";
import { authorityContradictions } from "../control-plane/charts/certificate-authority";
import { type Contradiction, findContradictions, isTree } from "../control-plane/charts/values/chart-values";
import { gatewayRequirements } from "../control-plane/charts/gateway";
import { istiodRequirements } from "../control-plane/charts/istiod";
import { ztunnelRequirements } from "../control-plane/charts/ztunnel";
import { pathText } from "../inputs/path";
import { problem } from "../inputs/problem";
import type { Tree } from "../plan/input-value";
import type { Problem } from "../plan/problem";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { ChartName } from "../plan/enums";
import {
  type ChartsContext,
  cniRequiredValues,
  istiodRequiredValues,
  ztunnelRequiredValues,
} from "./chart-required-values";

/** What the mesh's mode, security, revision and gateways need of the charts. */
export interface ChartRequiredValues extends ChartsContext {
  readonly gateways: readonly GatewaySettings[];
}

/** The user's values may set anything but what contradicts the mesh, or what no chart would read. */
export function checkChartValues(requiredValues: ChartRequiredValues): readonly Problem[] {
  const { values } = requiredValues.controlPlane;
  const charts = Object.entries(requirements(requiredValues)) as [ChartName, readonly Tree[]][];
  return charts
    .flatMap(([chart, required]) => {
      const found = required.flatMap((tree) => findContradictions(values[chart], tree));
      return dedupe(found).map((contradiction) => contradictionProblem(chart, contradiction));
    })
    .concat(checkGatewayService(values.gateway), checkMeshConfig(requiredValues));
}

/** Nor may `istio.meshConfig`, the shorter way to write values of istiod. */
function checkMeshConfig(requiredValues: ChartRequiredValues): readonly Problem[] {
  const { main, meshConfig } = requiredValues.controlPlane;
  const { meshConfig: required } = istiodRequiredValues(requiredValues, main).istiod;
  if (!isTree(required)) return [];
  return findContradictions(meshConfig, required).map(({ path, given, required: needed }) =>
    problem(`istio.meshConfig.${path}`, {
      given,
      allowed: `${JSON.stringify(needed)}, which a member of security or egress sets`,
      suggestion: "remove it here, or there",
    }),
  );
}

/** For each chart everything that is settled. What must stay unset is there too, as `undefined`. */
function requirements(requiredValues: ChartRequiredValues): Readonly<Record<ChartName, readonly Tree[]>> {
  const { controlPlane, gateways } = requiredValues;
  const [cni, ztunnel] = [cniRequiredValues(requiredValues), ztunnelRequiredValues(requiredValues)];
  const istiod = {
    ...{ profile: undefined, revision: undefined },
    // Without the agent nobody would redirect the pods that istiod then makes without an init container.
    ...(cni === undefined ? { cni: { enabled: false } } : {}),
    ...istiodRequirements(controlPlane, controlPlane.main, istiodRequiredValues(requiredValues, controlPlane.main)),
    // Even the right tags would go to the canary too, and a tag lives in exactly one release.
    revisionTags: undefined,
  };
  const reader = requiredValues.multiCluster === undefined ? [] : [readerRequirements];
  const networks = requiredValues.multiCluster?.eastWest === undefined ? [] : networkSwitches;
  const ambient = cni?.["profile"] === "ambient";
  const authority = requiredValues.security.certificateAuthority === undefined ? undefined : authorityContradictions;
  return {
    base: [baseRequirements(controlPlane), ...reader],
    // The chart flattens `pilot.x` to `x`, so both ways to write it count.
    istiod: [
      ...[istiod, { pilot: istiod }, ...(ambient ? ambientSwitches : [])],
      ...(authority === undefined ? [] : [authority.istiod, { pilot: authority.istiod }]),
      ...[...reader, ...networks],
    ],
    cni:
      cni === undefined ? [] : [{ profile: undefined, ...cni }, ...(ambient ? [{ ambient: { enabled: true } }] : [])],
    ztunnel:
      ztunnel === undefined
        ? []
        : [{ resourceName: undefined, ...authority?.ztunnel, ...ztunnelRequirements(controlPlane, ztunnel) }],
    gateway: gateways.map((gateway) => ({
      ...{ name: undefined, kind: undefined, networkGateway: undefined, revision: undefined },
      ...gatewayRequirements(gateway, controlPlane.main),
    })),
  };
}

/** Peers read the cluster with the service account that the charts create by default. */
const readerRequirements: Tree = {
  global: { enableReaderRBAC: true, readerServiceAccount: undefined, resourceScope: "all" },
};

/** What istiod does by default: it resolves the hostnames of NLBs, and reads Gateways about other networks. */
const networkEnvironment = { RESOLVE_HOSTNAME_GATEWAYS: "true", PILOT_MULTI_NETWORK_DISCOVER_GATEWAY_API: "true" };
const networkSwitches: readonly Tree[] = [{ env: networkEnvironment, pilot: { env: networkEnvironment } }];

/** What the profile `ambient` turns on in istiod; nobody may turn it off again. */
const ambientSwitches: readonly Tree[] = [
  { env: { PILOT_ENABLE_AMBIENT: "true" }, pilot: { env: { PILOT_ENABLE_AMBIENT: "true" } } },
];

function dedupe(found: readonly Contradiction[]): readonly Contradiction[] {
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

/** The member that sets a value which the user may not change, where there is exactly one. */
const deciding: Readonly<Record<string, string>> = {
  "gateway.terminationGracePeriodSeconds": "gateway.drainSeconds of the ingress, which it exceeds by 30 seconds",
  "istiod.env.ROOT_CA_DIR": "security.certificateAuthority",
  "istiod.global.meshID": "multiCluster.meshId",
  "istiod.global.multiCluster.clusterName": "multiCluster.clusterName",
  "istiod.global.network": "multiCluster.network",
  "ztunnel.multiCluster.clusterName": "multiCluster.clusterName",
  "ztunnel.network": "multiCluster.network",
};

function contradictionProblem(chart: ChartName, { path, given, required }: Contradiction): Problem {
  const member = deciding[`${chart}.${path}`];
  return problem(`istio.values.${chart}.${path}`, {
    given,
    allowed: required === undefined ? "nothing: the mesh decides it" : `${JSON.stringify(required)}: the mesh needs it`,
    suggestion:
      member === undefined ? "remove it; a member of the mesh's arguments decides it" : `remove it and use ${member}`,
  });
}

/** The chart makes no Service here, so it would read nothing else of `service`. */
function checkGatewayService(gateway: Tree): readonly Problem[] {
  const service = gateway["service"];
  if (!isTree(service)) return [];
  return Object.keys(service)
    .filter((key) => key !== "type")
    .map((key) =>
      problem(pathText(["istio", "values", "gateway", "service", key]), {
        given: service[key],
        allowed: "nothing: the Service before the gateway is the mesh's own, and the chart makes none",
        suggestion: "use the members of the ingress, such as annotations, nlb or healthCheck",
      }),
    );
}
