import assert from "node:assert/strict";
import {
  gatewayRequirements,
  gatewayServiceAccount,
  planGatewayRelease,
} from "../../../components/control-plane/charts/gateway";
import type { GatewaySettings } from "../../../components/plan/gateway-settings";
import { controlPlane, gateway, unrevisioned } from "../../support/settings";

const revisioned = { ...unrevisioned, revision: "1-31-1" };
const plan = (changes: Partial<GatewaySettings> = {}, settings = controlPlane()) =>
  planGatewayRelease(settings, gateway(changes), ["istiod"]);

describe("gatewayRequirements", () => {
  it("has the chart make no Service: the one with the load balancer is Pulumi's, which waits for its end", () => {
    assert.deepEqual(gatewayRequirements(gateway(), unrevisioned)["service"], { type: "None" });
    const inside = gatewayRequirements(gateway({ service: "chart" }), unrevisioned);
    assert.deepEqual(inside["service"], { type: "ClusterIP" });
  });

  it("sets the labels that Istio Gateways and the Service select, over the user's", () => {
    const labels = { team: "a", istio: "x" };
    assert.deepEqual(gatewayRequirements(gateway({ labels }), unrevisioned)["labels"], {
      team: "a",
      app: "istio-ingress",
      istio: "ingress",
    });
  });

  it("names the revision: without it a revisioned control plane does not inject the proxy, and the image stays `auto`", () => {
    assert.equal(gatewayRequirements(gateway(), revisioned)["revision"], "1-31-1");
    assert.ok(!("revision" in gatewayRequirements(gateway(), unrevisioned)));
  });
});

describe("planGatewayRelease", () => {
  it("names the release after the gateway: the chart derives all its names from it", () => {
    const { name, releaseName, chart, namespace, version, repository, after } = plan({
      name: "shop",
      namespace: "edge",
    });
    assert.deepEqual(
      { name, releaseName, chart, namespace, version, repository, after },
      {
        name: "gateway-shop",
        releaseName: "shop",
        chart: "gateway",
        namespace: "edge",
        version: "1.31.1",
        repository: "https://charts.example.com",
        after: ["istiod"],
      },
    );
  });

  it("writes nothing for nothing where the user's values decide of the autoscaler, and keeps pods where they leave some", () => {
    const valuesOf = (user: object, changes: Partial<GatewaySettings> = {}) => {
      const values = { ...controlPlane().values, gateway: { ...user } };
      const { autoscaling, replicaCount, podDisruptionBudget } = plan(changes, controlPlane({ values })).values;
      return [autoscaling, replicaCount, podDisruptionBudget];
    };
    const budget = { minAvailable: 1 };
    const one = { minReplicas: 1, maxReplicas: 1 };
    assert.deepEqual(valuesOf({ autoscaling: { enabled: false } }), [{ enabled: false }, 2, budget]);
    assert.deepEqual(valuesOf({ autoscaling: { enabled: false }, replicaCount: 1 }), [
      { enabled: false },
      1,
      undefined,
    ]);
    assert.deepEqual(valuesOf({ replicaCount: 4 }, one), [{ enabled: false }, 4, budget]);
    assert.deepEqual(valuesOf({ autoscaling: { minReplicas: 1 } }), [
      { enabled: true, minReplicas: 1, maxReplicas: 5 },
      undefined,
      undefined,
    ]);
  });

  it("sends only keys that the chart's schema lets in: no hub and no meshConfig", () => {
    const allowed = [
      ...["autoscaling", "labels", "podAnnotations", "podDisruptionBudget", "replicaCount"],
      ...["resources", "revision", "service", "strategy", "terminationGracePeriodSeconds"],
      "topologySpreadConstraints",
    ];
    const keys = [
      ...Object.keys(plan().values),
      ...Object.keys(plan({ maxReplicas: 2 }, controlPlane({ main: revisioned })).values),
    ];
    for (const key of keys) assert.ok(allowed.includes(key), key);
  });

  it("scales between the limits, or fixes the number where both are equal", () => {
    assert.deepEqual(plan().values["autoscaling"], { enabled: true, minReplicas: 2, maxReplicas: 5 });
    const fixed = plan({ minReplicas: 3, maxReplicas: 3 }).values;
    assert.deepEqual([fixed["autoscaling"], fixed["replicaCount"]], [{ enabled: false }, 3]);
    assert.ok(!("replicaCount" in plan().values));
  });

  it("keeps one pod alive when nodes are drained, unless it is the only one: then no node could be drained", () => {
    assert.deepEqual(plan().values["podDisruptionBudget"], { minAvailable: 1 });
    assert.ok(!("podDisruptionBudget" in plan({ minReplicas: 1 }).values));
  });

  it("spreads the gateway's own pods", () => {
    assert.match(
      JSON.stringify(plan().values["topologySpreadConstraints"]),
      /"matchLabels":\{"app":"istio-ingress","istio":"ingress"\}/,
    );
  });

  it("names the control plane in the pods, so that an upgrade restarts them: the proxy's image is chosen at their birth", () => {
    const annotation = (settings: ReturnType<typeof controlPlane>) =>
      (plan({}, settings).values["podAnnotations"] as Record<string, unknown>)["istio-eks/control-plane"];
    assert.equal(annotation(controlPlane()), "1.31.1");
    assert.equal(annotation(controlPlane({ main: revisioned })), "1.31.1 (1-31-1)");
  });

  it("gives the pods of a load balancer 30 seconds beyond their drain, and leaves those of egress to the chart", () => {
    assert.equal(plan({ drainSeconds: 120 }).values["terminationGracePeriodSeconds"], 150);
    assert.ok(!("terminationGracePeriodSeconds" in plan({ drainSeconds: undefined }).values));
  });

  it("tells the proxy what stands before it", () => {
    const annotations = { "proxy.istio.io/config": "{}" };
    assert.equal(
      (plan({ annotations }).values["podAnnotations"] as Record<string, unknown>)["proxy.istio.io/config"],
      "{}",
    );
  });

  it("places them, and lets a null take the chart's own limit of CPU out", () => {
    const where = {
      nodeSelector: { role: "edge" },
      tolerations: [{ operator: "Exists" }],
      affinity: { podAffinity: {} },
    };
    const { nodeSelector, tolerations, affinity } = plan(where).values;
    assert.deepEqual({ nodeSelector, tolerations, affinity }, where);
    const unlimited = { limits: { cpu: null, memory: "1Gi" } };
    assert.equal(plan({ resources: unlimited }).nullValues, true);
    assert.deepEqual(plan({ resources: unlimited }).values["resources"], unlimited);
    assert.ok(!("nullValues" in plan()));
  });

  it("gives the pods their resources", () => {
    assert.deepEqual(plan().values["resources"], gateway().resources);
  });

  it("lets the user change our defaults, and not what is required", () => {
    const values = { ...controlPlane().values, gateway: { autoscaling: { maxReplicas: 9 }, service: { type: "x" } } };
    const merged = plan({}, controlPlane({ values })).values;
    assert.deepEqual(merged["autoscaling"], { enabled: true, minReplicas: 2, maxReplicas: 9 });
    assert.deepEqual(merged["service"], { type: "None" });
  });
});

describe("gatewayServiceAccount", () => {
  const account = (serviceAccount?: unknown) =>
    gatewayServiceAccount(
      controlPlane({
        values: { ...controlPlane().values, gateway: serviceAccount === undefined ? {} : { serviceAccount } },
      }),
      gateway({ name: "edge" }),
    );

  it("is named after the release, unless the user's values name one", () => {
    assert.deepEqual([account(), account({}), account({ create: true })], ["edge", "edge", "edge"]);
    assert.deepEqual([account({ name: "keys" }), account({ name: "keys", create: false })], ["keys", "keys"]);
  });

  it("is the namespace's own where the chart shall make none", () => {
    assert.deepEqual([account({ create: false }), account({ create: false, name: "" })], ["default", "default"]);
  });
});
