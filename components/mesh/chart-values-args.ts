import { baseRequirements } from "../charts/base";
import { type Contradiction, findContradictions, isTree } from "../charts/chart-values";
import { gatewayRequirements } from "../charts/gateway";
import { istiodRequirements } from "../charts/istiod";
import { ztunnelRequirements } from "../charts/ztunnel";
import { pathText } from "../inputs/path";
import { problem } from "../inputs/problem";
import { modes } from "../modes";
import type { Tree } from "../plan/leaf";
import type { Problem } from "../plan/problem";
import type { ControlPlaneSettings, GatewaySettings } from "../plan/settings";
import type { ChartName, Mode } from "../plan/words";

/** What the mesh's mode, revision and gateways need of the charts. */
export interface ChartDemands {
  readonly mode: Mode;
  readonly controlPlane: ControlPlaneSettings;
  readonly gateways: readonly GatewaySettings[];
}

/** The user's values may say anything but what contradicts the mesh, or what no chart would read. */
export function checkChartValues(demands: ChartDemands): readonly Problem[] {
  const { values } = demands.controlPlane;
  const charts = Object.entries(requirements(demands)) as [ChartName, readonly Tree[]][];
  return charts
    .flatMap(([chart, required]) => {
      const found = required.flatMap((tree) => findContradictions(values[chart], tree));
      return dedupe(found).map((contradiction) => contradictionProblem(chart, contradiction));
    })
    .concat(checkGatewayService(values.gateway));
}

/** For each chart everything that is settled. What must stay unset is there too, as `undefined`. */
function requirements({ mode, controlPlane, gateways }: ChartDemands): Readonly<Record<ChartName, readonly Tree[]>> {
  const room = modes[mode];
  const options = { sidecarCni: controlPlane.sidecarCni };
  const cni = room.cniRequirements(options);
  const istiod = {
    ...{ profile: undefined, revision: undefined },
    // Without the agent nobody would redirect the pods that istiod then makes without an init container.
    ...(cni === undefined ? { cni: { enabled: false } } : {}),
    ...istiodRequirements(controlPlane, controlPlane.main, { istiod: room.istiodRequirements(options) }),
    // Even the right tags would go to the canary too, and a tag lives in exactly one release.
    revisionTags: undefined,
  };
  const ambient = cni?.["profile"] === "ambient";
  return {
    base: [baseRequirements(controlPlane)],
    // The chart lifts `pilot.x` to `x`, so both ways to write it count.
    istiod: [istiod, { pilot: istiod }, ...(ambient ? ambientSwitches : [])],
    cni:
      cni === undefined ? [] : [{ profile: undefined, ...cni }, ...(ambient ? [{ ambient: { enabled: true } }] : [])],
    ztunnel: room.ztunnel ? [{ resourceName: undefined, ...ztunnelRequirements(controlPlane) }] : [],
    gateway: gateways.map((gateway) => ({
      ...{ name: undefined, kind: undefined, networkGateway: undefined, revision: undefined },
      ...gatewayRequirements(gateway, controlPlane.main),
    })),
  };
}

/** What the profile `ambient` turns on in istiod; nobody may turn it off again. */
const ambientSwitches: readonly Tree[] = [
  { env: { PILOT_ENABLE_AMBIENT: "true" }, pilot: { env: { PILOT_ENABLE_AMBIENT: "true" } } },
];

function dedupe(found: readonly Contradiction[]): readonly Contradiction[] {
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

function contradictionProblem(chart: ChartName, { path, given, required }: Contradiction): Problem {
  return problem(`istio.values.${chart}.${path}`, {
    given,
    allowed: required === undefined ? "nothing: the mesh decides it" : `${JSON.stringify(required)}: the mesh needs it`,
    remedy: "remove it; a member of the mesh's arguments decides it",
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
        remedy: "use the members of the ingress, such as annotations, nlb or healthCheck",
      }),
    );
}
