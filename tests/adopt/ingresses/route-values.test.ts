import assert from "node:assert/strict";
import { secondsIn } from "../../../cli/adopt/ingresses/route-values";

describe("secondsIn", () => {
  it("reads durations as Istio and the Gateway API write them", () => {
    for (const [text, seconds] of Object.entries({ "10s": 10, "1.5s": 1.5, "1s500ms": 1.5, "250ms": 0.25 }))
      assert.equal(secondsIn(text), seconds, text);
    for (const [text, seconds] of Object.entries({ "2m": 120, "1h": 3600, "1m30s": 90, "1h0m1s": 3601 }))
      assert.equal(secondsIn(text), seconds, text);
  });

  it("knows nothing of what is no duration", () => {
    for (const text of ["", "soon", "5", "s"]) assert.equal(secondsIn(text), undefined, text);
  });
});
