import assert from "node:assert/strict";
import fc from "fast-check";
import { namePrefix, roleName, rolePolicyName, securityGroupName } from "../../components/resources/auto-names";

describe("namePrefix", () => {
  it("leaves names to Pulumi that AWS accepts: another name would be another security group", () => {
    for (const rule of [securityGroupName, roleName, rolePolicyName]) assert.deepEqual(namePrefix("mesh-x", rule), {});
  });

  it("accepts what is as long as it may be with the characters that Pulumi appends", () => {
    assert.deepEqual(namePrefix("m".repeat(56), roleName), {});
    assert.equal(namePrefix("m".repeat(57), roleName).namePrefix?.length, 38);
  });

  it("begins anew where EC2 reserves the beginning for ids", () => {
    assert.match(String(namePrefix("sg-mesh", securityGroupName).namePrefix), /^mesh-sg-mesh-[0-9a-f]{7}-$/);
  });

  it("makes a name that AWS accepts of every name of a mesh", () => {
    for (const rule of [securityGroupName, roleName, rolePolicyName]) {
      fc.assert(
        fc.property(fc.string({ minLength: 1, maxLength: 300 }), (mesh) => {
          const { namePrefix: prefix = mesh } = namePrefix(mesh, rule);
          assert.match(prefix, rule.pattern);
          assert.ok(prefix === mesh ? prefix.length + 8 <= rule.maxLength : prefix.length + 26 <= rule.maxLength);
        }),
      );
    }
  });
});
