import assert from "node:assert/strict";
import { planScrapeConfigs } from "../../components/addons/scrape-configs";

interface Rule {
  readonly action: string;
  readonly source_labels: readonly string[];
  readonly target_label?: string;
  readonly regex?: string;
  readonly replacement?: string;
}
interface Job {
  readonly metrics_path: string;
  readonly relabel_configs: readonly Rule[];
}
type Labels = Readonly<Record<string, string>>;

const jobs = planScrapeConfigs() as Readonly<Record<string, Job | { readonly enabled: false }>>;
const pod = (labels: Labels): Labels => ({
  __meta_kubernetes_pod_ip: "10.0.0.7",
  __meta_kubernetes_namespace: "shop",
  __meta_kubernetes_pod_name: "cart-1",
  __meta_kubernetes_pod_node_name: "node-1",
  __meta_kubernetes_pod_phase: "Running",
  ...labels,
});

/** What Prometheus makes of a target: its labels, or nothing if it is dropped. Source: its documentation of relabel_config. */
function relabelled(rules: readonly Rule[], target: Labels): Labels | undefined {
  return rules.reduce<Labels | undefined>(
    (labels, { action, source_labels, target_label, regex = "(.*)", replacement = "$1" }) => {
      if (labels === undefined) return undefined;
      const found = new RegExp(`^(?:${regex})$`).exec(source_labels.map((label) => labels[label] ?? "").join(";"));
      if (action === "keep") return found === null ? undefined : labels;
      if (action === "drop") return found === null ? labels : undefined;
      if (found === null || target_label === undefined) return labels;
      return { ...labels, [target_label]: replacement.replace("$1", found[1] ?? "") };
    },
    target,
  );
}

/** Where each job would ask this pod. */
function asked(labels: Labels): readonly string[] {
  return Object.entries(jobs).flatMap(([name, job]) => {
    if ("enabled" in job) return [];
    const target = relabelled(job.relabel_configs, pod(labels));
    return target === undefined ? [] : [`${name} ${String(target["__address__"])}${job.metrics_path}`];
  });
}

describe("planScrapeConfigs", () => {
  it("asks istiod, whatever its revision is called", () => {
    assert.deepEqual(
      asked({ __meta_kubernetes_pod_label_app: "istiod", __meta_kubernetes_pod_container_name: "discovery" }),
      ["istiod 10.0.0.7:15014/metrics"],
    );
  });

  it("asks the CNI agent", () => {
    assert.deepEqual(
      asked({
        __meta_kubernetes_pod_label_k8s_app: "istio-cni-node",
        __meta_kubernetes_pod_container_name: "install-cni",
      }),
      ["istio-cni 10.0.0.7:15014/metrics"],
    );
  });

  it("asks sidecars, gateways, waypoints and ztunnel, which all have a container istio-proxy", () => {
    assert.deepEqual(asked({ __meta_kubernetes_pod_container_name: "istio-proxy" }), [
      "istio-proxies 10.0.0.7:15020/stats/prometheus",
    ]);
  });

  it("asks no other container, no pod that asks to be left alone, and none that has ended", () => {
    const proxy = { __meta_kubernetes_pod_container_name: "istio-proxy" };
    assert.deepEqual(asked({ __meta_kubernetes_pod_container_name: "cart" }), []);
    assert.deepEqual(asked({ ...proxy, __meta_kubernetes_pod_annotation_prometheus_io_scrape: "false" }), []);
    assert.deepEqual(asked({ ...proxy, __meta_kubernetes_pod_phase: "Succeeded" }), []);
  });

  it("writes IPv6 addresses in brackets", () => {
    const labels = { __meta_kubernetes_pod_container_name: "istio-proxy", __meta_kubernetes_pod_ip: "2001:db8::7" };
    assert.deepEqual(asked(labels), ["istio-proxies [2001:db8::7]:15020/stats/prometheus"]);
  });

  it("keeps what Istio's dashboards ask by", () => {
    const job = jobs["istiod"] as Job;
    const target = relabelled(job.relabel_configs, pod({ __meta_kubernetes_pod_label_app: "istiod" }));
    const { app, namespace, node } = target ?? {};
    assert.deepEqual(
      { app, namespace, pod: target?.["pod"], node },
      {
        ...{ app: "istiod", namespace: "shop", pod: "cart-1", node: "node-1" },
      },
    );
  });

  it("turns off the chart's jobs that would ask the same pods again", () => {
    for (const job of ["kubernetes-pods", "kubernetes-pods-slow", "kubernetes-service-endpoints"]) {
      assert.deepEqual(jobs[job], { enabled: false }, job);
    }
  });
});
