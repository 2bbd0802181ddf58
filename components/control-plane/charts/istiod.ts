import { present } from "../../inputs/present";
import { logicalNames } from "../../logical-names";
import type { Tree } from "../../plan/input-value";
import type { ReleasePlan } from "../../plan/release";
import type { ControlPlaneSettings, RevisionSettings } from "../../plan/settings";
import { mergeLayers, scales } from "./values/chart-values";
import { presets } from "./demo";
import { besideFlattened, flattened } from "./values/flattened-values";
import { remoteParts } from "./remote";
import { spread } from "./spread";

/** What a mode asks of the control plane. */
export interface ControlPlaneRequiredValues {
  /** Values that istiod needs in this mode; the user may not contradict them. */
  readonly istiod: Tree;
}

/** The values that the chart requires for one control plane, and the user may not change. */
export function istiodRequirements(
  { namespace, profile }: ControlPlaneSettings,
  revision: RevisionSettings,
  requiredValues: ControlPlaneRequiredValues,
): Tree {
  return mergeLayers(
    present({
      profile: profile === "remote" || profile === "preview" ? profile : undefined,
      revision: revision.revision === "" ? undefined : revision.revision,
      revisionTags: revision.tags.length === 0 ? undefined : revision.tags,
      global: { istioNamespace: namespace },
    }),
    requiredValues.istiod,
  );
}

/** Plans one control plane. The release, its name and its logical name carry the revision, so promotion replaces nothing. */
export function planIstiod(
  settings: ControlPlaneSettings,
  revision: RevisionSettings,
  { requiredValues, after }: { readonly requiredValues: ControlPlaneRequiredValues; readonly after: readonly string[] },
): ReleasePlan {
  return {
    name: logicalNames.istiod(revision.revision),
    after,
    releaseName: revision.revision === "" ? "istiod" : `istiod-${revision.revision}`,
    chart: "istiod",
    version: revision.version,
    repository: settings.repository,
    namespace: settings.namespace,
    values: mergeLayers(
      besideFlattened(
        isRemote(settings)
          ? remoteDefaults(settings, revision)
          : mergeLayers(presets(settings.profile).istiod, istiodDefaults(settings, revision)),
        settings.values.istiod,
        "pilot",
      ),
      settings.values.istiod,
      istiodRequirements(settings, revision, isRemote(settings) ? { istiod: {} } : requiredValues),
    ),
  };
}

function isRemote({ profile }: ControlPlaneSettings): boolean {
  return profile === "remote";
}

function istiodDefaults(settings: ControlPlaneSettings, revision: RevisionSettings): Tree {
  return mergeLayers(podDefaults(settings, revision), meshConfig(settings));
}

/**
 * With profile remote the chart makes webhooks and a Service that lead to a control plane elsewhere, and no pods. Of
 * how istiod runs, and of what it injects, it reads nothing, unless the user's values have it make that here as well.
 */
function remoteDefaults(settings: ControlPlaneSettings, revision: RevisionSettings): Tree {
  const here = remoteParts(settings.values.istiod);
  return mergeLayers(here.injector ? podDefaults(settings, revision) : {}, here.meshConfig ? meshConfig(settings) : {});
}

function meshConfig(settings: ControlPlaneSettings): Tree {
  return Object.keys(settings.meshConfig).length === 0 ? {} : { meshConfig: settings.meshConfig };
}

function podDefaults(settings: ControlPlaneSettings, { revision }: RevisionSettings): Tree {
  const labels = { app: "istiod", "istio.io/rev": revision === "" ? "default" : revision };
  return present({
    ...replicas(settings, flattened(settings.values.istiod, "pilot")),
    resources: settings.resources,
    topologySpreadConstraints: spread(labels),
    nodeSelector: Object.keys(settings.nodeSelector).length === 0 ? undefined : settings.nodeSelector,
    tolerations: settings.tolerations.length === 0 ? undefined : settings.tolerations,
    global: { hub: settings.hub, priorityClassName: settings.priorityClassName },
  });
}

/** An autoscaler between the limits, or a fixed number; which of the two the user's own values decide first. */
function replicas({ minReplicas, maxReplicas }: ControlPlaneSettings, user: Tree): Tree {
  const scaled = scales(user["autoscaleEnabled"], minReplicas !== maxReplicas);
  return scaled
    ? { autoscaleEnabled: true, autoscaleMin: minReplicas, autoscaleMax: maxReplicas }
    : { autoscaleEnabled: false, replicaCount: minReplicas };
}
