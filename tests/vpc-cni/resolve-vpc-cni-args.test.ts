import assert from "node:assert/strict";
import { resolveVpcCni, type VpcCniContext } from "../../components/vpc-cni/resolve-vpc-cni-args";
import type { VpcCniArgs } from "../../components/vpc-cni/vpc-cni-args";
import { onlyProblem, placesOf } from "../support/settings";

const resolve = (args: VpcCniArgs | undefined, changes: Partial<VpcCniContext> = {}) =>
  resolveVpcCni(args, {
    ...{ mode: "ambient", controller: "aws-load-balancer-controller", version: "1.29.2" },
    ...changes,
  });
const standard = { podSecurityGroupEnforcingMode: "standard" } as const;
const strict = { podSecurityGroupEnforcingMode: "strict" } as const;

describe("resolveVpcCni", () => {
  it("touches nothing unless told otherwise", () => {
    const nothing = { settings: undefined, problems: [], warnings: [] };
    assert.deepEqual(resolve(undefined), nothing);
    assert.deepEqual(resolve({}), nothing);
  });

  it("patches where it is to be applied, and is silent if all is well", () => {
    assert.deepEqual(resolve({ ...standard, apply: "patch" }), { settings: standard, problems: [], warnings: [] });
  });

  it("changes nothing without apply, and reports what the add-on needs", () => {
    const { settings, problems, warnings } = resolve(standard);
    assert.deepEqual([settings, problems, warnings.length], [undefined, [], 1]);
    assert.match(String(warnings), /configurationValues \{"env":\{"POD_SECURITY_GROUP_ENFORCING_MODE":"standard"\}\}$/);
  });

  it("refuses EKS Auto Mode, and a way without a mode", () => {
    assert.equal(onlyProblem(resolve(standard, { controller: "eks-auto-mode" })).path, "vpcCni");
    assert.deepEqual(placesOf(resolve({ apply: "patch" })), ["vpcCni.apply"]);
  });

  it("says that sidecars do not need it", () => {
    const { warnings } = resolve({ ...standard, apply: "patch" }, { mode: "sidecar", version: "1.31.1" });
    assert.deepEqual(warnings, ["vpcCni: sidecar mode does not need it; its probes come from the node's own address."]);
  });

  it("says from which version on strict is enough, and before which it is too much", () => {
    const reported = (args: VpcCniArgs) => (version: string) =>
      resolve({ ...args, apply: "patch" }, { version }).warnings.length > 0;
    const versions = ["1.28.6", "1.28.7", "1.29.2", "1.29.3", "1.30.0", "1.31.1"];
    assert.deepEqual(versions.map(reported(standard)), [false, true, false, true, true, true]);
    assert.deepEqual(versions.map(reported(strict)), [true, false, true, false, false, false]);
  });
});
