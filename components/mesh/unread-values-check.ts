import { chartFailures } from "../control-plane/charts/values/chart-failures";
import { refusedGatewayValues, type UnreadKey, unreadKeys } from "../control-plane/charts/values/chart-keys";
import {
  isUnlisted,
  meshConfigMinor,
  unknownMeshConfigFields,
} from "../control-plane/charts/values/mesh-config-fields";
import { minorOf } from "../control-plane/charts/versions";
import { invariant } from "../inputs/invariant";
import { type Path, pathText } from "../inputs/path";
import { problem } from "../inputs/problem";
import { modes } from "../control-plane/modes";
import type { Tree } from "../plan/input-value";
import type { Problem } from "../plan/problem";
import { type ChartName, Profile } from "../plan/enums";
import { type ChartRequiredValues, checkChartValues } from "./chart-values-check";
import { writtenMeshConfigs } from "../control-plane/charts/values/written-mesh-configs";

/**
 * Warns of chart values that nothing reads. The charts ignore them without a word, and one would believe to have set
 * something.
 */
export function warnOfUnreadValues(requiredValues: ChartRequiredValues): readonly string[] {
  const { values, profile } = requiredValues.controlPlane;
  if (profile === Profile.Empty) return [];
  const charts = Object.entries(versionsOf(requiredValues)) as [ChartName, readonly string[]][];
  const ofGateways = warnOfGatewayApi(requiredValues);
  return charts.flatMap(([chart, versions]) => {
    if (Object.keys(values[chart]).length === 0) return [];
    if (chart === "gateway" && versions.length === 0 && ofGateways.length > 0) return ofGateways;
    if (versions.length === 0)
      return [`istio.values.${chart}: nothing reads it: this mesh does not install that chart.`];
    return versions.flatMap((version) =>
      unreadKeys(chart, version, values[chart])
        .filter(({ refused }) => !refused)
        .map((key) => `istio.values.${chart}: chart ${chart} ${minorText(version)} does not read ${keyText(key)}`)
        .concat(chart === "gateway" ? ofGateways : []),
    );
  });
}

/**
 * Warns of fields of the mesh configuration that the API of Istio does not have. Istio ignores them. A minor newer than the
 * table may have fields that the table does not list, so that nothing is known of it.
 */
export function warnOfUnknownMeshConfig({ controlPlane }: ChartRequiredValues): readonly string[] {
  const { main, canary, profile } = controlPlane;
  if (profile === Profile.Empty || [main, canary].some((plane) => plane !== undefined && isUnlisted(plane.version)))
    return [];
  return writtenMeshConfigs(controlPlane).flatMap(({ path, config }) =>
    unknownMeshConfigFields(config).map(({ path: field, near }) => {
      const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
      return `${path}.${pathText(field)}: the MeshConfig of Istio ${meshConfigMinor} has no such field; Istio ignores it.${hint}`;
    }),
  );
}

/** Values at which the templates of a chart stop Helm, in the middle of an `up`. */
export function checkChartFailures(requiredValues: ChartRequiredValues): readonly Problem[] {
  const { profile } = requiredValues.controlPlane;
  if (profile === Profile.Empty) return [];
  return Object.entries(versionsOf(requiredValues)).flatMap(([name, versions]) => {
    const chart = name as ChartName;
    return versions.flatMap((version) =>
      placesOf(requiredValues, chart).flatMap(({ above, values }) =>
        chartFailures({ chart, version }, values).map(({ path, allowed, ...failure }) =>
          problem(pathText([...above, ...path]), {
            ...failure,
            allowed: `${allowed} (chart ${chart} ${minorText(version)})`,
          }),
        ),
      ),
    );
  });
}

/** Values of a chart, and the path of the member above them. */
interface ValuesPlace {
  readonly above: Path;
  readonly values: Tree;
}

/** Where a user writes values of a chart. `istio.meshConfig` is the shorter way to write `meshConfig` of istiod. */
function placesOf({ controlPlane }: ChartRequiredValues, chart: ChartName): readonly ValuesPlace[] {
  const { values, meshConfig } = controlPlane;
  const own = { above: ["istio", "values", chart], values: values[chart] };
  return chart === "istiod" ? [own, { above: ["istio"], values: { meshConfig } }] : [own];
}

/** Members of an ingress that do for both routings what a value does for the gateway chart. */
const members: Readonly<Record<string, string>> = {
  nodeSelector: "gateway.nodeSelector",
  tolerations: "gateway.tolerations",
  affinity: "gateway.affinity",
  resources: "gateway.resources",
  autoscaling: "gateway.minReplicas and gateway.maxReplicas",
  replicaCount: "gateway.minReplicas and gateway.maxReplicas",
  labels: "gateway.labels",
};

/**
 * Values for gateways where no chart makes one: their pods would be elsewhere, or fewer, than the user says. Other keys have
 * no member in their place, and are warned of.
 */
function checkGatewayApiValues(requiredValues: ChartRequiredValues): readonly Problem[] {
  const { values, profile } = requiredValues.controlPlane;
  const names = ofIstiod(requiredValues);
  if (profile === Profile.Empty || names.length === 0 || versionsOf(requiredValues).gateway.length > 0) return [];
  return Object.entries(values.gateway).flatMap(([key, given]) => {
    if (!Object.hasOwn(members, key)) return [];
    return [
      problem(pathText(["istio", "values", "gateway", key]), {
        given,
        allowed: `nothing with routing "gateway-api": istiod makes the pods of ${names.join(", ")}, and no chart reads it`,
        suggestion: `remove it and use ${String(members[key])} of the ingress, for both routings`,
      }),
    ];
  });
}

function ofIstiod({ gateways }: ChartRequiredValues): readonly string[] {
  return gateways.flatMap(({ name, createdBy }) => (createdBy === "istiod" ? [`"${name}"`] : [])).sort();
}

/** Gateways of the Gateway API are no charts: istiod makes their pods. */
function warnOfGatewayApi(requiredValues: ChartRequiredValues): readonly string[] {
  const names = ofIstiod(requiredValues);
  const keys = Object.keys(requiredValues.controlPlane.values.gateway);
  if (names.length === 0 || keys.length === 0) return [];
  const instead = [...new Set(keys.flatMap((key) => (Object.hasOwn(members, key) ? [String(members[key])] : [])))];
  const hint = instead.length === 0 ? "" : ` Use ${instead.join(", ")} of the ingress, which hold for both routings.`;
  return [
    `istio.values.gateway: the gateway ${names.join(", ")} does not read it: with routing "gateway-api" istiod makes the pods, ` +
      `and no chart.${hint}`,
  ];
}

/**
 * Only the gateway chart has a schema. What it refuses would stop Helm in the middle of an `up`. Without that chart, values
 * that place gateways are refused.
 */
export function checkRefusedValues(requiredValues: ChartRequiredValues): readonly Problem[] {
  const { gateway } = requiredValues.controlPlane.values;
  const ofSchema = versionsOf(requiredValues).gateway.flatMap((version) =>
    unreadKeys("gateway", version, gateway)
      .filter(({ refused }) => refused)
      .map(({ path, value, hint }) =>
        problem(pathText(["istio", "values", "gateway", ...path]), {
          given: value,
          allowed: `values that the gateway chart ${minorText(version)} knows: its schema refuses every other`,
          suggestion: hint === undefined ? "remove it" : hint,
        }),
      ),
  );
  return [...ofSchema, ...checkGatewayValueTypes(requiredValues), ...checkGatewayApiValues(requiredValues)];
}

/** Values of a type, or of a choice, that the schema refuses. What another rule refuses at the same place is its own. */
function checkGatewayValueTypes(requiredValues: ChartRequiredValues): readonly Problem[] {
  const others = [...checkChartValues(requiredValues), ...checkChartFailures(requiredValues)];
  return versionsOf(requiredValues)
    .gateway.flatMap((version) =>
      refusedGatewayValues(version, requiredValues.controlPlane.values.gateway).map(({ path, allowed, ...refused }) =>
        problem(pathText(["istio", "values", "gateway", ...path]), {
          ...refused,
          allowed: `${allowed}: the schema of the gateway chart ${minorText(version)} refuses every other value`,
        }),
      ),
    )
    .filter(({ path }) => !others.some((other) => isAtOrBelow(path, other.path)));
}

function isAtOrBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

/** The versions of each chart that the mesh installs, one of each minor; none: it does not install the chart. */
function versionsOf({
  mode,
  controlPlane,
  gateways,
}: ChartRequiredValues): Readonly<Record<ChartName, readonly string[]>> {
  const { main, canary } = controlPlane;
  const both = [main.version, ...(canary === undefined ? [] : [canary.version])];
  const ofMinors = both.filter(
    (version, index) => both.findIndex((one) => minorText(one) === minorText(version)) === index,
  );
  const strategy = modes[mode];
  const only = (installed: boolean) => (installed ? [main.version] : []);
  return {
    base: ofMinors,
    istiod: ofMinors,
    cni: only(strategy.cniRequirements(controlPlane) !== undefined),
    ztunnel: only(strategy.ztunnel),
    gateway: only(gateways.some(({ createdBy }) => createdBy === "chart")),
  };
}

function minorText(version: string): string {
  return invariant(minorOf(version), `the minor of ${version}`).minor;
}

function keyText({ path, hint }: UnreadKey): string {
  return `\`${pathText(path)}\`${hint === undefined ? "." : `; ${hint}`}`;
}
