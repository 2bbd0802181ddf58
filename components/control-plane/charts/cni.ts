import { valueAt } from "../../inputs/path";
import { logicalNames } from "../../logical-names";
import type { Tree } from "../../plan/input-value";
import type { ReleasePlan } from "../../plan/release";
import type { ControlPlaneSettings } from "../../plan/settings";
import { mergeLayers } from "./values/chart-values";
import { presets } from "./demo";
import { offFargate } from "./fargate";
import { besideFlattened, flattened } from "./values/flattened-values";
import { registry } from "./registry";

/** Plans the CNI agent: redirection of pods' traffic without privileged init containers. */
export function planCni(settings: ControlPlaneSettings, required: Tree, after: readonly string[]): ReleasePlan {
  return {
    name: logicalNames.cni,
    after,
    releaseName: "istio-cni",
    chart: "cni",
    version: settings.main.version,
    repository: settings.repository,
    namespace: settings.namespace,
    values: mergeLayers(
      besideFlattened(cniDefaults(settings), settings.values.cni, "cni"),
      settings.values.cni,
      required,
      affinity(settings.values.cni),
    ),
  };
}

/** At the place where the user says something, since what stands below the block wins. */
function affinity(user: Tree): Tree {
  const below = valueAt(user, ["cni", "affinity"]);
  return below === undefined ? { affinity: offFargate(user["affinity"]) } : { cni: { affinity: offFargate(below) } };
}

function cniDefaults({ profile, hub, values }: ControlPlaneSettings): Tree {
  return mergeLayers(presets(profile).cni, registry(hub, flattened(values.cni, "cni")));
}
