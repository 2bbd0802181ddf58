import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { vpcId } from "../../components/inputs/aws/aws-id";
import { isDeferred, inputValue } from "../../components/inputs/input-value";

describe("isDeferred", () => {
  it("knows an Output and a promise by what they are, without Pulumi's code", () => {
    assert.equal(isDeferred(pulumi.output("vpc-1")), true);
    assert.equal(isDeferred(pulumi.secret("vpc-1")), true);
    assert.equal(isDeferred(Promise.resolve("vpc-1")), true);
  });

  it("takes texts, blocks, lists and nothing for known already", () => {
    for (const given of ["vpc-1", { then: "a text" }, [], null, undefined, 7]) assert.equal(isDeferred(given), false);
  });
});

describe("inputValue", () => {
  const form = inputValue(vpcId);

  it("carries an Output unread, since its text may be known only after `up`", () => {
    assert.equal(form.check(pulumi.output("nonsense")), undefined);
  });

  it("checks a text that is known now", () => {
    assert.equal(form.check("vpc-0123456789abcdef0"), undefined);
    assert.equal(form.check("nonsense"), `write ${vpcId.allowed}`);
    assert.equal(form.allowed, vpcId.allowed);
  });
});
