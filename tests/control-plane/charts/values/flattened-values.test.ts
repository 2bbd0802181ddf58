import assert from "node:assert/strict";
import { besideFlattened, flattened } from "../../../../components/control-plane/charts/values/flattened-values";

describe("flattened", () => {
  it("puts what stands below the block over what stands at the top, as the charts do", () => {
    const written = { env: { B: "2" }, autoscaleMin: 3 };
    const inEffect = { env: { A: "1", B: "2" }, autoscaleMin: 3 };
    assert.deepEqual(flattened({ env: { A: "1", B: "1" }, pilot: written }, "pilot"), inEffect);
    assert.deepEqual(flattened({ env: { A: "1", B: "1" }, cni: written }, "cni"), inEffect);
  });

  it("leaves values alone that have no such block", () => {
    assert.deepEqual(flattened({ env: { A: "1" } }, "pilot"), { env: { A: "1" } });
    assert.deepEqual(flattened({ pilot: "x" }, "pilot"), { pilot: "x" });
    assert.deepEqual(flattened({ pilot: { env: {} } }, "cni"), { pilot: { env: {} } });
  });
});

describe("besideFlattened", () => {
  const ours = { autoscaleMin: 2, resources: { requests: { cpu: "1", memory: "2Gi" } }, global: { hub: "h" } };

  it("leaves out ours where the user's take their place, value by value", () => {
    const pilot = { autoscaleMin: 3, resources: { requests: { cpu: "2" } }, global: { hub: "x" } };
    assert.deepEqual(besideFlattened(ours, { pilot }, "pilot"), { resources: { requests: { memory: "2Gi" } } });
    const list = { pilot: { resources: [] } };
    assert.deepEqual(besideFlattened(ours, list, "pilot"), { autoscaleMin: 2, global: { hub: "h" } });
  });

  it("leaves all of them where the user says nothing there", () => {
    assert.deepEqual(besideFlattened(ours, { autoscaleMin: 3 }, "pilot"), ours);
    assert.deepEqual(besideFlattened(ours, { pilot: { autoscaleMin: 3 } }, "cni"), ours);
  });
});
