import assert from "node:assert/strict";
import { stackCredentials } from "../../../cli/stack/stack-credentials";

const [first, second] = ["arn:aws:iam::111111111111:role/hub", "arn:aws:iam::222222222222:role/spoke"];
const encrypted = { secure: "v1:abc" };
const rolesOf = (config: object) => stackCredentials({ ...config }).roles;

describe("stackCredentials", () => {
  it("are those of the environment where the stack file has none", () => {
    assert.deepEqual(stackCredentials({ "aws:region": "eu-central-1" }), {
      profile: undefined,
      roles: [],
      unusable: [],
    });
  });

  it("take the profile", () => {
    assert.equal(stackCredentials({ "aws:profile": "work" }).profile, "work");
    assert.equal(stackCredentials({ "aws:profile": "" }).profile, undefined);
  });

  it("take the roles in order, as a list or as JSON, with their external ID", () => {
    const roles = [
      { roleArn: first, sessionName: "ci" },
      { roleArn: second, externalId: "x" },
    ];
    const expected = [{ roleArn: first }, { roleArn: second, externalId: "x" }];
    assert.deepEqual(rolesOf({ "aws:assumeRoles": roles }), expected);
    assert.deepEqual(rolesOf({ "aws:assumeRoles": JSON.stringify(roles) }), expected);
  });

  it("take the older name of the same, unless the newer one is there", () => {
    assert.deepEqual(rolesOf({ "aws:assumeRole": { roleArn: first } }), [{ roleArn: first }]);
    assert.deepEqual(rolesOf({ "aws:assumeRole": JSON.stringify({ roleArn: first }) }), [{ roleArn: first }]);
    const both = { "aws:assumeRole": { roleArn: first }, "aws:assumeRoles": [{ roleArn: second }] };
    assert.deepEqual(rolesOf(both), [{ roleArn: second }]);
  });

  it("have no role where the AWS provider would have none", () => {
    for (const given of ["", "no JSON", null, 1, [null], {}, [{ roleArn: "" }], { externalId: "x" }]) {
      assert.deepEqual(rolesOf({ "aws:assumeRoles": given }), [], JSON.stringify(given));
    }
  });

  it("say what nobody can use: what is encrypted, and what is Pulumi's alone", () => {
    const unusable = (config: object) => stackCredentials({ ...config }).unusable.join("; ");
    assert.match(unusable({ "aws:profile": encrypted }), /^aws:profile is encrypted in the stack file$/);
    assert.match(unusable({ "aws:assumeRoles": encrypted }), /^aws:assumeRoles is encrypted/);
    assert.match(unusable({ "aws:assumeRoles": [{ roleArn: first, externalId: encrypted }] }), /^aws:assumeRoles is/);
    assert.match(unusable({ "aws:assumeRole": { roleArn: encrypted } }), /^aws:assumeRole is encrypted/);
    assert.match(
      unusable({ "aws:accessKey": encrypted, "aws:secretKey": encrypted }),
      /^the stack file has aws:accessKey/,
    );
    for (const key of ["assumeRoleWithWebIdentity", "sharedConfigFiles", "sharedCredentialsFiles"]) {
      assert.match(unusable({ [`aws:${key}`]: ["x"] }), new RegExp(`has aws:${key}, which only Pulumi can use`));
    }
    assert.equal(unusable({ "aws:accessKey": "", "aws:profile": "work", "other:accessKey": "x" }), "");
  });
});
