import assert from "node:assert/strict";
import { injectionLabels } from "../../../../components/control-plane/modes/sidecar/injection-labels";

describe("injectionLabels", () => {
  it("writes one label only: istio-injection would win over istio.io/rev", () => {
    assert.deepEqual(injectionLabels(""), { "istio-injection": "enabled" });
    assert.deepEqual(injectionLabels("1-31-1"), { "istio.io/rev": "1-31-1" });
  });
});
