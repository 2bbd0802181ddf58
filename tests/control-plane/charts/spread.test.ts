import assert from "node:assert/strict";
import { spread } from "../../../components/control-plane/charts/spread";

describe("spread", () => {
  const constraints = spread({ app: "istiod" });

  it("names zones and nodes: a pod that names one loses Kubernetes' own spreading over the other", () => {
    assert.deepEqual(
      constraints.map((constraint) => constraint["topologyKey"]),
      ["topology.kubernetes.io/zone", "kubernetes.io/hostname"],
    );
  });

  it("lets a pod start anyway where there is only one zone or node", () => {
    for (const constraint of constraints) {
      assert.equal(constraint["whenUnsatisfiable"], "ScheduleAnyway");
      assert.equal(constraint["maxSkew"], 1);
    }
  });

  it("counts the pods of these labels only", () => {
    for (const { labelSelector } of constraints as readonly { labelSelector?: unknown }[]) {
      assert.deepEqual(labelSelector, { matchLabels: { app: "istiod" } });
    }
  });
});
