import assert from "node:assert/strict";
import { type GatewayParameters, parametersRef, planParameters } from "../../components/gateways/parameters-plan";

const plan = (changes: Partial<GatewayParameters> = {}) =>
  planParameters({
    ...{ logicalName: "parameters-shop", gateway: "shop", namespace: "edge" },
    ...{ minReplicas: 2, maxReplicas: 5, resources: { requests: { cpu: "1" } } },
    ...{ spread: [{ topologyKey: "zone" }], after: ["istiod"] },
    ...changes,
  });
const patches = (changes: Partial<GatewayParameters>) => {
  const { data } = plan(changes).body as { readonly data: Readonly<Record<string, string>> };
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, JSON.parse(text) as unknown]));
};

describe("planParameters", () => {
  it("is the ConfigMap that the Gateway's reference names, beside it", () => {
    const { name, kind, metadata, after } = plan();
    assert.deepEqual(
      [name, kind, metadata, after],
      ["parameters-shop", "ConfigMap", { name: "shop-parameters", namespace: "edge" }, ["istiod"]],
    );
    assert.deepEqual(parametersRef("shop"), { group: "", kind: "ConfigMap", name: metadata.name });
  });

  it("scales between two numbers, keeps one pod alive, and spreads them", () => {
    const spec = {
      containers: [{ name: "istio-proxy", resources: { requests: { cpu: "1" } } }],
      topologySpreadConstraints: [{ topologyKey: "zone" }],
    };
    assert.deepEqual(patches({}), {
      deployment: { spec: { template: { spec } } },
      horizontalPodAutoscaler: { spec: { minReplicas: 2, maxReplicas: 5 } },
      podDisruptionBudget: { spec: { minAvailable: 1 } },
    });
  });

  it("has no autoscaler for a fixed number, and no budget for one pod, which would block every drain of its node", () => {
    const { deployment, ...others } = patches({ minReplicas: 1, maxReplicas: 1, spread: [] });
    assert.deepEqual(others, {});
    assert.match(JSON.stringify(deployment), /"replicas":1/);
  });

  it("leaves the resources to the control plane's chart where nothing is said of them", () => {
    assert.doesNotMatch(JSON.stringify(patches({ resources: undefined })), /containers/);
  });
});
