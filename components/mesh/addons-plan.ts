import type { AddonPlace, AddonRelease } from "../addons/addon-release";
import { planXrayCollector, planXrayRole } from "../addons/xray-collector-plan";
import { mergeLayers } from "../charts/chart-values";
import type { ClusterFacts } from "../plan/facts";
import type { PodRolePlan } from "../plan/pod-role";
import type { ReleasePlan } from "../plan/release";
import type { MeshSettings } from "../plan/settings";
import { afterControlPlane } from "./control-plane-plan";
import { afterNamespace } from "./namespaces-plan";

/** Plans the IAM roles of the add-ons' pods. */
export function planPodRoles(settings: MeshSettings, facts: ClusterFacts): readonly PodRolePlan[] {
  return settings.telemetry.tracing?.xray === undefined ? [] : [planXrayRole(placeOf(settings, facts))];
}

/**
 * Plans the add-ons. They come after the control plane, so that they go before it, and nothing of the mesh waits for
 * them.
 */
export function planAddonReleases(settings: MeshSettings, facts: ClusterFacts): readonly ReleasePlan[] {
  return addonReleases(settings, placeOf(settings, facts)).map((addon) => releaseOf(addon, settings));
}

/** The add-ons as releases, before the user's values are merged in. */
export function addonReleases({ telemetry }: MeshSettings, place: AddonPlace): readonly AddonRelease[] {
  const { tracing } = telemetry;
  return tracing?.xray === undefined
    ? []
    : [planXrayCollector({ chart: tracing.xray, tags: Object.keys(tracing.customTags) }, place)];
}

/** They live beside the control plane: Kiali may ask istiod there, and no namespace more must go. */
function placeOf({ controlPlane, tags }: MeshSettings, facts: ClusterFacts): AddonPlace {
  return {
    namespace: controlPlane.namespace,
    clusterName: facts.name,
    tags,
    // Asked only if someone needs it: it may take a look-up that nothing else wants.
    get region() {
      return facts.region;
    },
  };
}

/** The same place before anything of the cluster is known. */
export function unknownPlace(namespace: string): AddonPlace {
  return { namespace, clusterName: "", region: "", tags: {} };
}

function releaseOf(addon: AddonRelease, settings: MeshSettings): ReleasePlan {
  const { name, releaseName, chart, defaults, required, late, after } = addon;
  const { namespace } = settings.controlPlane;
  return {
    name,
    after: [...afterNamespace(settings, namespace), ...afterControlPlane(settings), ...after],
    releaseName,
    chart: chart.chart,
    version: chart.version,
    repository: chart.repository,
    namespace,
    values: mergeLayers(defaults, chart.values, required),
    lateValues: late,
  };
}
