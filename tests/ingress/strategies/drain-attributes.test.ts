import assert from "node:assert/strict";
import { drainAttributes } from "../../../components/ingress/strategies/drain-attributes";
import { gateway } from "../../support/settings";

describe("drainAttributes", () => {
  it("gives a target that is removed as long as its pods take to drain", () => {
    assert.deepEqual(drainAttributes(gateway({ drainSeconds: 120 })), { "deregistration_delay.timeout_seconds": 120 });
  });

  it("leaves AWS' default where no drain is known", () => {
    assert.deepEqual(drainAttributes(gateway({ drainSeconds: undefined })), {});
  });
});
