import { present } from "../../inputs/present";
import { logicalNames } from "../../logical-names";
import type { Tree } from "../../plan/input-value";
import type { ReleasePlan } from "../../plan/release";
import type { ControlPlaneSettings } from "../../plan/settings";
import { mergeLayers } from "./values/chart-values";
import { presets } from "./demo";
import { offFargate } from "./fargate";
import { registry } from "./registry";

/** The values that the chart requires, and the user may not change. */
export function ztunnelRequirements({ main, namespace }: ControlPlaneSettings, requiredValues: Tree): Tree {
  return mergeLayers(
    present({
      profile: "ambient",
      // The control plane it asks for certificates and workloads: istiod-<revision>.
      revision: main.revision === "" ? undefined : main.revision,
      istioNamespace: namespace,
    }),
    requiredValues,
  );
}

/** Plans the node proxy of ambient mode. `requiredValues` is what other modules require of it. */
export function planZtunnel(
  settings: ControlPlaneSettings,
  requiredValues: Tree,
  after: readonly string[],
): ReleasePlan {
  return {
    name: logicalNames.ztunnel,
    after,
    releaseName: "ztunnel",
    chart: "ztunnel",
    version: settings.main.version,
    repository: settings.repository,
    namespace: settings.namespace,
    values: mergeLayers(
      presets(settings.profile).ztunnel,
      registry(settings.hub, settings.values.ztunnel),
      settings.values.ztunnel,
      ztunnelRequirements(settings, requiredValues),
      { affinity: offFargate(settings.values.ztunnel["affinity"]) },
    ),
  };
}
