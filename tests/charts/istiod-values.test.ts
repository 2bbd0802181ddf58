import assert from "node:assert/strict";
import { lifted } from "../../components/charts/istiod-values";

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
