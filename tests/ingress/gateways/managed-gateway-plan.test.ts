import assert from "node:assert/strict";
import { type ManagedGateway, planManagedGateway } from "../../../components/ingress/gateways/managed-gateway-plan";
import type { KubernetesObjectPlan } from "../../../components/plan/kubernetes-object";

const parameters: KubernetesObjectPlan = {
  name: "gatewayparams-web",
  after: [],
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "web-parameters", namespace: "edge" },
  body: {},
};
const plan = (changes: Partial<ManagedGateway> = {}) =>
  planManagedGateway({
    ...{ logicalName: "gateway-web", name: "web", namespace: "edge", className: "istio", revision: "" },
    ...{ parameters, listeners: [], after: ["istiod"], ...changes },
  });

describe("planManagedGateway", () => {
  it("names no labels and annotations where there are none, and is waited for", () => {
    assert.deepEqual(plan(), {
      ...{ name: "gateway-web", after: ["istiod", "gatewayparams-web"] },
      ...{ apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" },
      metadata: { name: "web", namespace: "edge", annotations: { "pulumi.com/waitFor": "condition=Programmed" } },
      body: {
        spec: {
          gatewayClassName: "istio",
          infrastructure: { parametersRef: { group: "", kind: "ConfigMap", name: "web-parameters" } },
          listeners: [],
        },
      },
    });
  });

  it("has the revision beside its own labels, and passes the others on to what istiod creates", () => {
    const infrastructure = { labels: { team: "a" }, annotations: { "proxy.istio.io/config": "{}" } };
    const { metadata, body } = plan({
      revision: "1-31",
      labels: { "istio.io/waypoint-for": "service" },
      infrastructure,
    });
    assert.deepEqual(metadata.labels, { "istio.io/waypoint-for": "service", "istio.io/rev": "1-31" });
    const { parametersRef, ...passed } = (body["spec"] as { readonly infrastructure: Record<string, unknown> })
      .infrastructure;
    assert.deepEqual(passed, infrastructure);
    assert.notEqual(parametersRef, undefined);
  });
});
