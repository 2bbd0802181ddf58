import { type KubernetesObject, numberAt } from "../../check/kubernetes-object";
import type { Imported } from "../takeover/import-file";
import type { InstalledRelease } from "../inventory";
import type { KnownInventory } from "./mesh-args";
import type { Note } from "../report/note";

/** Charts of what watches a mesh. */
const charts = [
  ...["prometheus", "kube-prometheus-stack", "grafana", "kiali-server", "kiali-operator", "jaeger", "jaeger-operator"],
  ...["opentelemetry-collector", "tempo", "zipkin"],
];
/** Services of the samples that Istio's releases carry. Source: istio/istio samples/addons */
const samples = ["prometheus", "grafana", "kiali", "jaeger-collector", "tracing", "zipkin"];

/** Add-ons that stay with who made them. */
export function addonNotes(
  { releases, services }: KnownInventory,
  namespace: string,
  imports: readonly Imported[],
): readonly Note[] {
  const imported = imports.map(({ entry }) => entry.id);
  return [
    ...releases
      .filter((one) => charts.includes(one.chart) && !imported.includes(`${one.namespace}/${one.name}`))
      .map(releaseNote),
    ...services.filter((service) => isSample(service, namespace)).map(sampleNote),
  ];
}

function releaseNote({ name, namespace, chart, version }: InstalledRelease): Note {
  return {
    ...{ kind: "left", subject: `Helm release ${name} in ${namespace}, chart ${chart} ${version}` },
    text: "Its values are not those that the mesh would give it. It stays with who made it, and watches the mesh as before.",
    suggestion:
      chart === "prometheus" || chart === "kube-prometheus-stack"
        ? "Add-ons of the mesh can use it: addons.prometheus.url, beside kiali or grafana."
        : "Leave the add-on out of addons as long as this release has its name.",
  };
}

function isSample({ metadata }: KubernetesObject, namespace: string): boolean {
  const byHelm = metadata.annotations?.["meta.helm.sh/release-name"] !== undefined;
  return samples.includes(metadata.name) && metadata.namespace === namespace && !byHelm;
}

function sampleNote(service: KubernetesObject): Note {
  const { name, namespace = "" } = service.metadata;
  const port = numberAt(service, "spec", "ports", 0, "port");
  return {
    ...{ kind: "left", subject: `Service ${name} in ${namespace}` },
    text: "A manifest made this add-on, such as one of Istio's samples. It stays as it is.",
    suggestion:
      name === "prometheus"
        ? `Add-ons of the mesh can use it: addons.prometheus.url: http://prometheus.${namespace}:${port}, beside kiali or grafana.`
        : "Remove it before you write the add-on in addons: both would have the same name.",
  };
}
