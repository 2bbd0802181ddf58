import type { AddonPlace, AddonRelease } from "./addon-release";
import { urlOf } from "./addon-release";
import { planCloudwatch, planCloudwatchRole } from "./cloudwatch-plan";
import { grafanaPort, planGrafana } from "./grafana-plan";
import { jaegerPort, jaegerQueryPort, planJaeger, planJaegerVolume } from "./jaeger-plan";
import { planKiali } from "./kiali-plan";
import { planPrometheus, planPrometheusRole, prometheusPort } from "./prometheus-plan";
import { planXrayCollector, planXrayRole } from "./xray-collector-plan";
import { mergeLayers } from "../control-plane/charts/values/chart-values";
import { modes } from "../control-plane/modes";
import { logicalNames } from "../logical-names";
import type { EksAddonPlan } from "../plan/eks-addon";
import type { ClusterFacts } from "../plan/facts";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { InputValue } from "../plan/input-value";
import type { PodRolePlan } from "../plan/pod-role";
import type { ReleasePlan } from "../plan/release";
import type { MeshSettings } from "../plan/settings";
import { publishedUrl } from "./published-addons-check";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";

/** Plans the IAM roles of the add-ons' pods. */
export function planPodRoles(settings: MeshSettings, facts: ClusterFacts): readonly PodRolePlan[] {
  return podRoles(settings, placeOf(settings, facts)).map((role) => ({ ...role, ...afterCleanup }));
}

/** The roles, before it is said what they come after. */
export function podRoles(settings: MeshSettings, place: AddonPlace): readonly PodRolePlan[] {
  const { prometheus, cloudwatch } = settings.addons;
  const managed = prometheus?.kind === "installed" ? prometheus.managed : undefined;
  return [
    ...(settings.telemetry.tracing?.xray === undefined ? [] : [planXrayRole(place)]),
    ...(managed === undefined ? [] : [planPrometheusRole(managed, place)]),
    ...(cloudwatch === undefined ? [] : [planCloudwatchRole(place)]),
  ];
}

/** Plans the add-ons. Nothing of the mesh waits for them. */
export function planAddonReleases(settings: MeshSettings, facts: ClusterFacts): readonly ReleasePlan[] {
  return addonReleases(settings, placeOf(settings, facts)).map((addon) => releaseOf(addon, settings));
}

/** Plans the volumes that their charts do not make. */
export function planAddonVolumes(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { namespace } = settings.controlPlane;
  const storage = settings.addons.jaeger?.storage;
  if (storage === undefined) return [];
  return [{ ...planJaegerVolume(storage, { namespace, after: afterPlace(settings) }), ...afterCleanup }];
}

/** Plans the add-ons that EKS itself installs. `roles` are the ARNs of the roles by logical name. */
export function planEksAddons(
  settings: MeshSettings,
  facts: ClusterFacts,
  roles: Readonly<Record<string, InputValue>>,
): readonly EksAddonPlan[] {
  const { cloudwatch } = settings.addons;
  const roleArn = roles[logicalNames.podRole("cloudwatch")];
  if (cloudwatch === undefined || roleArn === undefined) return [];
  const context = { place: placeOf(settings, facts), roleArn, after: afterPlace(settings) };
  return [{ ...planCloudwatch(cloudwatch, context), ...afterCleanup }];
}

/** The add-ons as releases, before the user's values are merged in. */
export function addonReleases(settings: MeshSettings, place: AddonPlace): readonly AddonRelease[] {
  const { prometheus, grafana, kiali, jaeger } = settings.addons;
  const { tracing } = settings.telemetry;
  const sources = sourcesOf(settings, place);
  return [
    ...(tracing?.xray === undefined
      ? []
      : [planXrayCollector({ chart: tracing.xray, tags: Object.keys(tracing.customTags) }, place)]),
    ...(prometheus?.kind === "installed" ? [planPrometheus(prometheus, place)] : []),
    ...(jaeger === undefined ? [] : [planJaeger(jaeger)]),
    ...(grafana?.kind === "installed" ? [planGrafana(grafana, sources.ofGrafana)] : []),
    ...(kiali === undefined ? [] : [planKiali(kiali, sources.ofKiali)]),
  ];
}

/** Where the add-ons find each other. */
function sourcesOf(settings: MeshSettings, place: AddonPlace) {
  const { addons, controlPlane, mode, security } = settings;
  const { prometheus, grafana, jaeger } = addons;
  const metrics = prometheus?.kind === "existing" ? prometheus.url : urlOf("prometheus", place, prometheusPort);
  const dashboards = grafana?.kind === "existing" ? grafana.url : urlOf("grafana", place, grafanaPort);
  const traces = (port: number) => (jaeger === undefined ? undefined : urlOf("jaeger", place, port));
  return {
    ofGrafana: {
      prometheus: metrics,
      jaeger: traces(jaegerPort),
      version: controlPlane.main.version,
      ztunnel: modes[mode].ztunnel,
    },
    ofKiali: {
      rootNamespace: security.rootNamespace,
      prometheus: metrics,
      grafana:
        grafana === undefined
          ? undefined
          : {
              ...{ url: dashboards, own: grafana.kind === "installed" },
              forPeople: grafana.kind === "existing" ? grafana.url : publishedUrl(settings, "grafana"),
            },
      jaeger:
        jaeger === undefined
          ? undefined
          : { url: urlOf("jaeger", place, jaegerQueryPort), forPeople: publishedUrl(settings, "jaeger") },
    },
  };
}

/** They live beside the control plane: Kiali may ask istiod there, and no namespace more must go. */
function placeOf({ controlPlane, tags, permissionsBoundaryArn }: MeshSettings, facts: ClusterFacts): AddonPlace {
  return {
    namespace: controlPlane.namespace,
    clusterName: facts.name,
    tags,
    permissionsBoundary: permissionsBoundaryArn,
    region: facts.region,
  };
}

/** The same place before anything of the cluster is known. */
export function unknownPlace(namespace: string): AddonPlace {
  return { namespace, clusterName: "", region: () => "", tags: {}, permissionsBoundary: undefined };
}

/**
 * Add-ons are created last, after the cleanup command: one that fails leaves a mesh that `pulumi destroy` removes as ever.
 * They depend neither on the command nor on the control plane. Destroy deletes what has the longest chain of dependencies
 * first, and that stays the command.
 */
const afterCleanup = { createdAfter: [logicalNames.cleanup] };

function afterPlace(settings: MeshSettings): readonly string[] {
  return afterNamespace(settings, settings.controlPlane.namespace);
}

function releaseOf(addon: AddonRelease, settings: MeshSettings): ReleasePlan {
  const { name, releaseName, chart, defaults, required, deferred, after } = addon;
  return {
    name,
    after: [...afterPlace(settings), ...after],
    ...afterCleanup,
    releaseName,
    chart: chart.chart,
    version: chart.version,
    repository: chart.repository,
    namespace: settings.controlPlane.namespace,
    values: mergeLayers(defaults, chart.values, required),
    deferredValues: deferred,
  };
}
