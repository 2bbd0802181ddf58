import assert from "node:assert/strict";
import {
  checkGateway,
  gatewayDefaults,
  gatewayShape,
  type GatewayArgs,
} from "../../../components/ingress/gateways/gateway-args";
import { checkShape } from "../../../components/inputs/shape";

const places = (args: GatewayArgs) => checkGateway(args, "ingress.gateway").map(({ path }) => path);

describe("gatewayDefaults", () => {
  it("runs two to five pods in istio-ingress", () => {
    assert.deepEqual(gatewayDefaults({}), {
      namespace: "istio-ingress",
      ...{ createNamespace: undefined, namespaceLabels: {} },
      ...{ nodeSelector: {}, tolerations: [], affinity: undefined },
      labels: {},
      drainSeconds: 60,
      minReplicas: 2,
      maxReplicas: 5,
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1000m", memory: "1024Mi" } },
    });
  });

  it("fills in each quantity that is not given, and one that a TypeScript program leaves undefined", () => {
    const resources = { requests: { cpu: "2" }, limits: { cpu: "3", memory: undefined } } as unknown;
    assert.deepEqual(gatewayDefaults({ resources: resources as NonNullable<GatewayArgs["resources"]> }).resources, {
      requests: { cpu: "2", memory: "128Mi" },
      limits: { cpu: "3", memory: "1024Mi" },
    });
    assert.deepEqual(
      gatewayDefaults({ resources: { requests: { memory: "1Gi" }, limits: { memory: "2Gi" } } }).resources,
      {
        requests: { cpu: "100m", memory: "1Gi" },
        limits: { cpu: "1000m", memory: "2Gi" },
      },
    );
  });

  it("runs one small pod in the profile demo, unless told otherwise", () => {
    const { minReplicas, maxReplicas, resources } = gatewayDefaults({}, "demo");
    assert.deepEqual([minReplicas, maxReplicas, resources.requests], [1, 1, { cpu: "10m", memory: "40Mi" }]);
    const reported = gatewayDefaults({ minReplicas: 2, resources: { requests: { cpu: "1" } } }, "demo");
    assert.deepEqual([reported.maxReplicas, reported.resources.requests], [2, { cpu: "1", memory: "40Mi" }]);
  });

  it("moves the other limit along where only one is given", () => {
    const limits = (args: GatewayArgs) => [gatewayDefaults(args).minReplicas, gatewayDefaults(args).maxReplicas];
    assert.deepEqual(limits({ minReplicas: 8 }), [8, 8]);
    assert.deepEqual(limits({ maxReplicas: 1 }), [1, 1]);
    assert.deepEqual(limits({ maxReplicas: 3 }), [2, 3]);
  });

  it("keeps what is given", () => {
    const { namespace, labels } = gatewayDefaults({ namespace: "edge", labels: { istio: "gateway" } });
    assert.deepEqual([namespace, labels], ["edge", { istio: "gateway" }]);
  });
});

describe("the limit of CPU", () => {
  const limits = { cpu: "none", memory: "2Gi" };

  it("is taken out by the word `none`, and by nothing else", () => {
    assert.deepEqual(gatewayDefaults({ resources: { limits } }).resources.limits, { cpu: null, memory: "2Gi" });
    assert.deepEqual(checkShape(gatewayShape, { resources: { limits } }).problems, []);
    const memory = { resources: { limits: { memory: "none" } } };
    assert.deepEqual(
      checkShape(gatewayShape, memory).problems.map(({ path }) => path),
      ["resources.limits.memory"],
    );
  });

  it("bounds no request where there is none", () => {
    assert.deepEqual(places({ resources: { requests: { cpu: "64" }, limits } }), []);
  });
});

describe("checkGateway", () => {
  it("refuses a least number above the most; equal numbers turn the autoscaler off", () => {
    assert.deepEqual(checkGateway({ minReplicas: 4, maxReplicas: 3 }, "ingress.gateway"), [
      {
        path: "ingress.gateway.minReplicas",
        given: "4",
        allowed: "at most maxReplicas, 3",
        suggestion: "lower minReplicas or raise maxReplicas",
      },
    ]);
    assert.deepEqual(places({ minReplicas: 3, maxReplicas: 3 }), []);
  });

  it("refuses a limit below the request that it would have by default", () => {
    assert.deepEqual(places({ resources: { limits: { memory: "64Mi" } } }), [
      "ingress.gateway.resources.requests.memory",
    ]);
  });

  it("lets nobody say of shared pods what belongs to their owner", () => {
    const problems = checkGateway(
      { shareWith: "shop", minReplicas: 2, labels: {}, namespace: "edge" },
      "ingress.gateway",
    );
    assert.deepEqual(
      problems.map(({ path, suggestion }) => [path, suggestion]),
      [
        ["ingress.gateway.minReplicas", 'move it to the gateway of "shop"'],
        ["ingress.gateway.labels", 'move it to the gateway of "shop"'],
        ["ingress.gateway.namespace", 'move it to the gateway of "shop"'],
      ],
    );
    assert.deepEqual(places({ shareWith: "shop" }), []);
  });

  it("does not mind members that a TypeScript program leaves undefined beside shareWith", () => {
    const args: object = { shareWith: "shop", minReplicas: undefined };
    assert.deepEqual(places(args), []);
  });
});

describe("gatewayShape", () => {
  const reported = (args: object) => checkShape(gatewayShape, args).problems.map(({ path }) => path);

  it("wants at least one pod, and at most 200", () => {
    assert.deepEqual(reported({ minReplicas: 0, maxReplicas: 201 }), ["minReplicas", "maxReplicas"]);
    assert.deepEqual(reported({ minReplicas: 1, maxReplicas: 200 }), []);
  });

  it("wants names and labels that Kubernetes takes", () => {
    assert.deepEqual(reported({ shareWith: "A", namespace: "b_c", labels: { istio: "a b" } }), [
      "shareWith",
      "namespace",
      "labels.istio",
    ]);
    assert.deepEqual(reported({ shareWith: "a", namespace: "b", labels: { istio: "c" }, resources: {} }), []);
  });
});
