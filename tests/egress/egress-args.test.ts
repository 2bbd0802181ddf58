import assert from "node:assert/strict";
import { egressShape } from "../../components/egress/egress-args";
import { checkShape } from "../../components/inputs/shape";
import { placesOf } from "../support/settings";

const wrong = (args: unknown) => placesOf(checkShape(egressShape, args));

describe("egressShape", () => {
  it("takes a policy, hosts with wildcards, and a gateway", () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ policy: "registry-only", gateway: true, hosts: ["a.example.com", "*.example.org"] }), []);
  });

  it("refuses other words, addresses and names it does not know", () => {
    const args = { policy: "REGISTRY_ONLY", gateway: "yes", hosts: ["*", "10.0.0.1"], allow: [] };
    assert.deepEqual(wrong(args), ["policy", "gateway", "hosts[0]", "hosts[1]", "allow"]);
  });
});
