import assert from "node:assert/strict";
import { assumedRolesIn, textIn } from "../../components/lookups/roles-in-configuration";

const roleArn = "arn:aws:iam::111111111111:role/hub";

describe("assumedRolesIn", () => {
  it("reads one role or a list, as a tree or as JSON, with the external ID", () => {
    const roles = [
      { roleArn, sessionName: "ci" },
      { roleArn, externalId: "x" },
    ];
    const expected = [{ roleArn }, { roleArn, externalId: "x" }];
    for (const given of [roles, JSON.stringify(roles)]) assert.deepEqual(assumedRolesIn(given), expected);
    assert.deepEqual(assumedRolesIn({ roleArn }), [{ roleArn }]);
  });

  it("finds none in what the AWS provider would not take either", () => {
    for (const given of [undefined, "", "no JSON", null, 1, [null], {}, [{ roleArn: "" }]])
      assert.deepEqual(assumedRolesIn(given), [], JSON.stringify(given));
  });
});

describe("textIn", () => {
  it("takes a text that is not empty", () => {
    assert.deepEqual([textIn("a"), textIn(""), textIn(1)], ["a", undefined, undefined]);
  });
});
