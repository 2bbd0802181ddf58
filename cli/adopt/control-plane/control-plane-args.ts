import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { at, type KubernetesObject, textAt } from "../../check/kubernetes-object";
import type { ControlPlane, ControlPlanes } from "./control-planes";
import type { InstalledRelease } from "../inventory";
import { compact, difference, isTree, type Tree, without } from "../trees";

const defaultHub = "docker.io/istio";
const defaultNamespace = "istio-system";

/** The members `istio` and `controlPlane`, without values that only the plan can compare. */
export function controlPlaneArgs({ main, canary }: Pick<ControlPlanes, "main" | "canary">, values: Tree): Tree {
  const { profile } = values;
  return compact({
    istio: {
      version: main.version,
      profile: profile === "preview" || profile === "remote" ? profile : undefined,
      ...revisionArgs(main),
      namespace: main.namespace === defaultNamespace ? undefined : main.namespace,
      imageHub: hubOf(main, values),
      canary: canary === undefined ? undefined : { version: canary.version, ...revisionArgs(canary) },
    },
    controlPlane: podArgs(values),
  });
}

function revisionArgs({ revision, tags }: ControlPlane): Tree {
  return {
    revision: revision === "" ? undefined : revision,
    revisionTags: tags.length === 0 ? undefined : tags,
  };
}

function hubOf({ hub }: ControlPlane, values: Tree): string | undefined {
  const written = textAt(values, "global", "hub");
  const found = written === "" ? hub : written;
  return found === defaultHub || found === "" ? undefined : found;
}

/** Values of istiod's chart may stand below `pilot`, as IstioOperator files write them. */
function podArgs(values: Tree): Tree {
  const pilot = isTree(values["pilot"]) ? values["pilot"] : {};
  const configured = { ...values, ...pilot };
  return {
    ...replicas(configured, { enabled: "autoscaleEnabled", least: "autoscaleMin", most: "autoscaleMax" }),
    resources: configured["resources"],
    priorityClassName: at(values, "global", "priorityClassName"),
    nodeSelector: configured["nodeSelector"],
    tolerations: configured["tolerations"],
  };
}

/** Where a chart's values say whether pods are scaled, and between which limits. */
export interface ScaleKeys {
  readonly enabled: string;
  readonly least: string;
  readonly most: string;
}

/** Limits of the replicas; without them the chart's default, 1 to 5. */
export function replicas(values: Tree, { enabled, least, most }: ScaleKeys): Tree {
  if (values[enabled] === false) {
    const fixed = values["replicaCount"] ?? 1;
    return { minReplicas: fixed, maxReplicas: fixed };
  }
  return { minReplicas: values[least] ?? 1, maxReplicas: values[most] ?? 5 };
}

/** The configuration of a control plane without a release: the mesh configuration that its ConfigMap holds. */
export function valuesOfManifests(configs: readonly KubernetesObject[], { namespace, revision }: ControlPlane): Tree {
  const name = revision === "" ? "istio" : `istio-${revision}`;
  const config = configs.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const mesh: unknown = parse(textAt(config, "data", "mesh"));
  if (!isTree(mesh)) return {};
  const { defaultConfig, ...rest } = mesh;
  const written = { ...rest, defaultConfig: without(isTree(defaultConfig) ? defaultConfig : {}, ["discoveryAddress"]) };
  const own = Object.entries(difference(written, { ...chartDefaults, rootNamespace: namespace }));
  return compact({ meshConfig: Object.fromEntries(own.filter(([, value]) => !isDeepStrictEqual(value, []))) });
}

/** What istiod's chart writes by itself, besides the address of istiod. Source: istio/istio manifests/charts/istio-control/istio-discovery */
const chartDefaults: Tree = {
  trustDomain: "cluster.local",
  enablePrometheusMerge: true,
  defaultProviders: { metrics: ["prometheus"] },
};

/** The values of a chart's release, if there is one in this namespace. */
export function valuesOf(releases: readonly InstalledRelease[], chart: string, namespace: string): Tree {
  return releases.find((one) => one.chart === chart && one.namespace === namespace)?.values ?? {};
}
