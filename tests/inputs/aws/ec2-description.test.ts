import assert from "node:assert/strict";
import { ec2Description } from "../../../components/inputs/aws/ec2-description";

describe("ec2Description", () => {
  it("keeps what EC2 accepts", () => {
    const accepted = "aZ09. _-:/()#,@[]+=&;{}!$*";
    assert.equal(ec2Description(accepted), accepted);
  });

  it("replaces what EC2 refuses: an apostrophe stopped every `up` with node groups of their own", () => {
    assert.equal(ec2Description('istiod\'s webhooks \u2013 "a" <b>|'), "istiod s webhooks    a   b  ");
  });

  it("cuts at 255 characters", () => assert.equal(ec2Description("x".repeat(300)).length, 255));
});
