import assert from "node:assert/strict";
import { agentPolicies, istiodPolicies } from "../../../components/security/network-policies/chart-policies";
import { security } from "../../support/settings";

const closed = security({ networkPolicies: true });
const policy = { global: { networkPolicy: { enabled: true } } };

describe("The charts' own NetworkPolicies", () => {
  it("are asked for where the mesh's are", () => {
    assert.deepEqual([istiodPolicies(closed), agentPolicies(closed, "1.31.1")], [policy, policy]);
    assert.deepEqual([istiodPolicies(security()), agentPolicies(security(), "1.31.1")], [{}, {}]);
  });

  it("are not asked of agents that have none, which would not say so", () => {
    assert.deepEqual([agentPolicies(closed, "1.28.10"), agentPolicies(closed, "1.29.0")], [{}, policy]);
  });
});
