import type { Tree } from "../plan/input-value";

/** What Prometheus asks of the mesh: the jobs, by name, as its chart takes them. */
export function planScrapeConfigs(): Tree {
  return {
    ...Object.fromEntries(chartsOwn.map((job) => [job, { enabled: false }])),
    // istiod, whatever its revision is called.
    istiod: job({ label: "app", value: "istiod", port: 15014, path: "/metrics" }),
    "istio-cni": job({ label: "k8s_app", value: "istio-cni-node", port: 15014, path: "/metrics" }),
    // Sidecars, gateways, waypoints and ztunnel: all have a container of this name, and answer on this port.
    "istio-proxies": {
      metrics_path: "/stats/prometheus",
      kubernetes_sd_configs: pods,
      relabel_configs: [
        { action: "keep", source_labels: ["__meta_kubernetes_pod_container_name"], regex: "istio-proxy" },
        // With this annotation a pod asks to be left alone.
        { action: "drop", source_labels: ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"], regex: "false" },
        ...addressOf(15020),
        ...labels,
      ],
    },
  };
}

/** Jobs of the chart that ask everything in the cluster, and would ask the mesh's pods a second time. */
const chartsOwn = [
  "kubernetes-api-servers",
  "kubernetes-nodes",
  "kubernetes-service-endpoints",
  "kubernetes-service-endpoints-slow",
  "kubernetes-services",
  "kubernetes-pods",
  "kubernetes-pods-slow",
  "prometheus-pushgateway",
];

const pods = [{ role: "pod" }];

interface Target {
  readonly label: string;
  readonly value: string;
  readonly port: number;
  readonly path: string;
}

/** Pods are chosen by label and not by Service: a revision's tags are Services too, and would count them again. */
function job({ label, value, port, path }: Target): Tree {
  return {
    metrics_path: path,
    kubernetes_sd_configs: pods,
    relabel_configs: [
      { action: "keep", source_labels: [`__meta_kubernetes_pod_label_${label}`], regex: value },
      ...addressOf(port),
      ...labels,
    ],
  };
}

/** The pod's address with this port, whatever ports it declares; several targets of one address count once. */
function addressOf(port: number): readonly Tree[] {
  const set = (regex: string, replacement: string) => ({
    ...{ action: "replace", source_labels: ["__meta_kubernetes_pod_ip"], target_label: "__address__" },
    ...{ regex, replacement },
  });
  return [set("([0-9.]+)", `$1:${port}`), set("(.*:.*)", `[$1]:${port}`)];
}

/** What Istio's dashboards ask by. */
const labels: readonly Tree[] = [
  { action: "drop", source_labels: ["__meta_kubernetes_pod_phase"], regex: "Pending|Succeeded|Failed|Completed" },
  { action: "replace", source_labels: ["__meta_kubernetes_pod_label_app"], target_label: "app" },
  { action: "replace", source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
  { action: "replace", source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
  { action: "replace", source_labels: ["__meta_kubernetes_pod_node_name"], target_label: "node" },
];
