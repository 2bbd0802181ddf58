import assert from "node:assert/strict";
import {
  type GatewayParameters,
  parametersRef,
  planParameters,
} from "../../../components/ingress/gateways/parameters-plan";

const plan = (changes: Partial<GatewayParameters> = {}) =>
  planParameters({
    ...{ logicalName: "parameters-shop", gateway: "shop", namespace: "edge" },
    ...{ minReplicas: 2, maxReplicas: 5, resources: { requests: { cpu: "1" } } },
    ...{ spread: [{ topologyKey: "zone" }], rollout: { rollingUpdate: { maxUnavailable: 0 } }, after: ["istiod"] },
    drainSeconds: 60,
    placement: undefined,
    ...changes,
  });
const patches = (changes: Partial<GatewayParameters>) => {
  const { data } = plan(changes).body as { readonly data: Readonly<Record<string, string>> };
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, JSON.parse(text) as unknown]));
};

describe("planParameters", () => {
  it("is the ConfigMap that the Gateway's reference names, beside it", () => {
    const { name, kind, metadata, after } = plan();
    assert.deepEqual([name, kind, metadata.namespace, after], ["parameters-shop", "ConfigMap", "edge", ["istiod"]]);
    assert.deepEqual(parametersRef(plan()), { group: "", kind: "ConfigMap", name: metadata.name });
  });

  it("gets another name with other content: Pulumi replaces a ConfigMap, and the old one must stay until the new one is read", () => {
    const nameOf = (changes: Partial<GatewayParameters>) => plan(changes).metadata.name;
    assert.match(nameOf({}), /^shop-parameters-[0-9a-f]{8}$/);
    assert.equal(nameOf({}), nameOf({ namespace: "other" }));
    assert.notEqual(nameOf({}), nameOf({ minReplicas: 3 }));
    assert.equal(plan().name, plan({ minReplicas: 3 }).name);
  });

  it("scales between two numbers, keeps one pod alive, and spreads them", () => {
    const spec = {
      containers: [{ name: "istio-proxy", resources: { requests: { cpu: "1" } } }],
      topologySpreadConstraints: [{ topologyKey: "zone" }],
      terminationGracePeriodSeconds: 90,
    };
    assert.deepEqual(patches({}), {
      deployment: { spec: { strategy: { rollingUpdate: { maxUnavailable: 0 } }, template: { spec } } },
      horizontalPodAutoscaler: { spec: { minReplicas: 2, maxReplicas: 5 } },
      podDisruptionBudget: { spec: { minAvailable: 1 } },
    });
  });

  it("has no autoscaler for a fixed number, and no budget for one pod, which would block every drain of its node", () => {
    const { deployment, ...others } = patches({ minReplicas: 1, maxReplicas: 1, spread: [] });
    assert.deepEqual(others, {});
    assert.match(JSON.stringify(deployment), /"replicas":1/);
  });

  it("gives pods 30 seconds beyond their drain before they are killed, and leaves those without a drain to Kubernetes", () => {
    assert.match(JSON.stringify(patches({ drainSeconds: 300 })["deployment"]), /"terminationGracePeriodSeconds":330/);
    assert.doesNotMatch(JSON.stringify(patches({ drainSeconds: undefined })), /terminationGracePeriodSeconds/);
  });

  it("places the pods, and takes the limit of CPU out of istiod's template by a null", () => {
    const where = { nodeSelector: { role: "edge" }, tolerations: [], affinity: undefined };
    const { deployment } = patches({ placement: where, resources: { limits: { cpu: null } } });
    assert.match(JSON.stringify(deployment), /"nodeSelector":{"role":"edge"}/);
    assert.match(JSON.stringify(deployment), /"limits":{"cpu":null}/);
  });

  it("leaves the resources to the control plane's chart where nothing is said of them", () => {
    assert.doesNotMatch(JSON.stringify(patches({ resources: undefined })), /containers/);
  });
});
