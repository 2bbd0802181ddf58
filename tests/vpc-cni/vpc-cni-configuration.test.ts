import assert from "node:assert/strict";
import { vpcCniConfiguration } from "../../components";

const configuration = (...args: Parameters<typeof vpcCniConfiguration>): unknown =>
  JSON.parse(vpcCniConfiguration(...args));

describe("vpcCniConfiguration", () => {
  it("is the add-on's configuration for a mode", () => {
    assert.deepEqual(configuration("standard"), { env: { POD_SECURITY_GROUP_ENFORCING_MODE: "standard" } });
    assert.deepEqual(configuration("strict"), {
      env: { POD_SECURITY_GROUP_ENFORCING_MODE: "strict" },
      init: { env: { DISABLE_TCP_EARLY_DEMUX: "true" } },
    });
  });

  it("keeps whatever else the add-on is told, and changes none of it", () => {
    const others = {
      env: { ENABLE_POD_ENI: "true", POD_SECURITY_GROUP_ENFORCING_MODE: "strict" },
      init: { env: { A: "1" }, image: "x" },
      enableNetworkPolicy: "true",
    };
    assert.deepEqual(configuration("standard", others), {
      env: { ENABLE_POD_ENI: "true", POD_SECURITY_GROUP_ENFORCING_MODE: "standard" },
      init: { env: { A: "1" }, image: "x" },
      enableNetworkPolicy: "true",
    });
    assert.equal(others.env.POD_SECURITY_GROUP_ENFORCING_MODE, "strict");
  });

  it("refuses what is no mode, before EKS does", () => {
    assert.throws(() => vpcCniConfiguration("standart" as "standard"), /did you mean "standard"\?/);
  });
});
