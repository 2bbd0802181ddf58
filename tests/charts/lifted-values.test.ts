import assert from "node:assert/strict";
import { besideLifted, lifted } from "../../components/charts/lifted-values";

describe("lifted", () => {
  it("puts what stands below the block over what stands at the top, as the charts do", () => {
    const said = { env: { B: "2" }, autoscaleMin: 3 };
    const inEffect = { env: { A: "1", B: "2" }, autoscaleMin: 3 };
    assert.deepEqual(lifted({ env: { A: "1", B: "1" }, pilot: said }, "pilot"), inEffect);
    assert.deepEqual(lifted({ env: { A: "1", B: "1" }, cni: said }, "cni"), inEffect);
  });

  it("leaves values alone that have no such block", () => {
    assert.deepEqual(lifted({ env: { A: "1" } }, "pilot"), { env: { A: "1" } });
    assert.deepEqual(lifted({ pilot: "x" }, "pilot"), { pilot: "x" });
    assert.deepEqual(lifted({ pilot: { env: {} } }, "cni"), { pilot: { env: {} } });
  });
});

describe("besideLifted", () => {
  const ours = { autoscaleMin: 2, resources: { requests: { cpu: "1", memory: "2Gi" } }, global: { hub: "h" } };

  it("leaves out ours where the user's take their place, leaf by leaf", () => {
    const pilot = { autoscaleMin: 3, resources: { requests: { cpu: "2" } }, global: { hub: "x" } };
    assert.deepEqual(besideLifted(ours, { pilot }, "pilot"), { resources: { requests: { memory: "2Gi" } } });
    const list = { pilot: { resources: [] } };
    assert.deepEqual(besideLifted(ours, list, "pilot"), { autoscaleMin: 2, global: { hub: "h" } });
  });

  it("leaves all of them where the user says nothing there", () => {
    assert.deepEqual(besideLifted(ours, { autoscaleMin: 3 }, "pilot"), ours);
    assert.deepEqual(besideLifted(ours, { pilot: { autoscaleMin: 3 } }, "cni"), ours);
  });
});
