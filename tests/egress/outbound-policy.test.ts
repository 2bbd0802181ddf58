import assert from "node:assert/strict";
import { outboundPolicy } from "../../components/egress/outbound-policy";
import { egress } from "../support/settings";

describe("outboundPolicy", () => {
  it("says in Istio's words what was asked for, and nothing otherwise", () => {
    const mode = (policy: "allow-any" | "registry-only") => outboundPolicy(egress({ policy }));
    assert.deepEqual(mode("registry-only"), { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } });
    assert.deepEqual(mode("allow-any"), { outboundTrafficPolicy: { mode: "ALLOW_ANY" } });
    assert.deepEqual(outboundPolicy(egress()), {});
  });
});
