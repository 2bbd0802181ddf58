import assert from "node:assert/strict";
import { vpcCniEnvironment } from "../../components/vpc-cni/vpc-cni-environment";

describe("vpcCniEnvironment", () => {
  it("names the mode", () => {
    assert.deepEqual(vpcCniEnvironment("standard"), {
      node: { POD_SECURITY_GROUP_ENFORCING_MODE: "standard" },
      init: {},
    });
  });

  it("lets the kubelet's probes through where the mode is strict", () => {
    assert.deepEqual(vpcCniEnvironment("strict"), {
      node: { POD_SECURITY_GROUP_ENFORCING_MODE: "strict" },
      init: { DISABLE_TCP_EARLY_DEMUX: "true" },
    });
  });
});
