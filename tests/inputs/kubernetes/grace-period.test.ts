import assert from "node:assert/strict";
import { gracePeriod } from "../../../components/inputs/kubernetes/grace-period";

describe("gracePeriod", () => {
  it("exceeds the drain, so that Envoy ends by itself before it is killed", () => {
    assert.equal(gracePeriod(60), 90);
    assert.equal(gracePeriod(3600), 3630);
  });

  it("is someone else's where no drain is known", () => {
    assert.equal(gracePeriod(undefined), undefined);
  });
});
