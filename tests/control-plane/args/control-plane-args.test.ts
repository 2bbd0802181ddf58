import assert from "node:assert/strict";
import {
  checkControlPlane,
  controlPlaneDefaults,
  controlPlaneShape,
} from "../../../components/control-plane/args/control-plane-args";
import { checkShape } from "../../../components/inputs/shape";

describe("controlPlaneDefaults", () => {
  it("runs two to five istiods of the cluster's own priority", () => {
    assert.deepEqual(controlPlaneDefaults({}), {
      minReplicas: 2,
      maxReplicas: 5,
      resources: undefined,
      priorityClassName: "system-cluster-critical",
      nodeSelector: {},
      tolerations: [],
    });
  });

  it("moves the other limit along where only one is given", () => {
    const limits = (args: object) => {
      const { minReplicas, maxReplicas } = controlPlaneDefaults(args);
      return [minReplicas, maxReplicas];
    };
    assert.deepEqual(limits({ minReplicas: 7 }), [7, 7]);
    assert.deepEqual(limits({ minReplicas: 3 }), [3, 5]);
    assert.deepEqual(limits({ maxReplicas: 1 }), [1, 1]);
    assert.deepEqual(limits({ maxReplicas: 9 }), [2, 9]);
  });

  it("runs one small istiod in the profile demo, unless told otherwise", () => {
    const demo = controlPlaneDefaults({}, "demo");
    assert.deepEqual([demo.minReplicas, demo.maxReplicas], [1, 1]);
    assert.deepEqual(demo.resources, { requests: { cpu: "10m", memory: "100Mi" } });
    const reported = controlPlaneDefaults({ minReplicas: 2, resources: {} }, "demo");
    assert.deepEqual([reported.minReplicas, reported.maxReplicas, reported.resources], [2, 2, {}]);
  });

  it("keeps what is given", () => {
    const args = {
      minReplicas: 3,
      maxReplicas: 4,
      resources: { requests: { cpu: "1" } },
      priorityClassName: "mesh",
      nodeSelector: { pool: "system" },
      tolerations: [{ key: "system" }],
    };
    assert.deepEqual(controlPlaneDefaults(args), args);
  });
});

describe("checkControlPlane", () => {
  it("refuses a least number above the most", () => {
    assert.deepEqual(checkControlPlane({ minReplicas: 3, maxReplicas: 2 }), [
      {
        path: "controlPlane.minReplicas",
        given: "3",
        allowed: "at most maxReplicas, 2",
        suggestion: "lower minReplicas or raise maxReplicas",
      },
    ]);
    assert.deepEqual(checkControlPlane({ minReplicas: 2, maxReplicas: 2 }), []);
  });

  it("refuses requests above their limits", () => {
    const resources = { requests: { cpu: "2" }, limits: { cpu: "1" } };
    assert.deepEqual(
      checkControlPlane({ resources }).map(({ path }) => path),
      ["controlPlane.resources.requests.cpu"],
    );
  });
});

describe("controlPlaneShape", () => {
  const places = (args: object) => checkShape(controlPlaneShape, args).problems.map(({ path }) => path);

  it("wants at least one istiod, and at most 100", () => {
    assert.deepEqual(places({ minReplicas: 0, maxReplicas: 101 }), ["minReplicas", "maxReplicas"]);
    assert.deepEqual(places({ minReplicas: 1, maxReplicas: 100 }), []);
  });

  it("takes tolerations in Kubernetes' words", () => {
    const toleration = { key: "a.b/c", operator: "Exists", value: "x", effect: "NoExecute", tolerationSeconds: 60 };
    assert.deepEqual(places({ tolerations: [toleration, {}, { operator: "Equal", effect: "NoSchedule" }] }), []);
    assert.deepEqual(places({ tolerations: [{ operator: "In", effect: "Never", tolerationSeconds: -1 }] }), [
      "tolerations[0].operator",
      "tolerations[0].effect",
      "tolerations[0].tolerationSeconds",
    ]);
  });

  it("wants labels' values as texts in the node selector", () => {
    assert.deepEqual(places({ nodeSelector: { spot: true, pool: "a b" } }), ["nodeSelector.spot", "nodeSelector.pool"]);
  });
});
