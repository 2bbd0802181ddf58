import assert from "node:assert/strict";
import { besidePilot, lifted } from "../../components/charts/istiod-values";

describe("lifted", () => {
  it("puts what stands below pilot over what stands at the top, as the chart does", () => {
    assert.deepEqual(lifted({ env: { A: "1", B: "1" }, pilot: { env: { B: "2" }, autoscaleMin: 3 } }), {
      env: { A: "1", B: "2" },
      autoscaleMin: 3,
    });
  });

  it("leaves values alone that have no such block", () => {
    assert.deepEqual(lifted({ env: { A: "1" } }), { env: { A: "1" } });
    assert.deepEqual(lifted({ pilot: "x" }), { pilot: "x" });
  });
});

describe("besidePilot", () => {
  const ours = { autoscaleMin: 2, resources: { requests: { cpu: "1", memory: "2Gi" } }, global: { hub: "h" } };

  it("leaves out ours where the user's take their place, leaf by leaf", () => {
    const pilot = { autoscaleMin: 3, resources: { requests: { cpu: "2" } }, global: { hub: "x" } };
    assert.deepEqual(besidePilot(ours, { pilot }), { resources: { requests: { memory: "2Gi" } } });
    assert.deepEqual(besidePilot(ours, { pilot: { resources: [] } }), { autoscaleMin: 2, global: { hub: "h" } });
  });

  it("leaves all of them where the user says nothing there", () => {
    assert.deepEqual(besidePilot(ours, { autoscaleMin: 3 }), ours);
  });
});
