import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../../cli/recording";
import { textOf } from "../../components/resources/late-text";

describe("textOf", () => {
  it("keeps what is known a plain text, so that previews show it", () => {
    assert.equal(textOf("plain"), "plain");
    assert.equal(textOf({ concat: ["a", ",", "b"] }), "a,b");
    assert.equal(textOf({ concat: [] }), "");
  });

  it("carries a leaf that is known later as it is", () => {
    const later = pulumi.output("later");
    assert.equal(textOf(later), later);
  });

  it("puts known and late parts together in their order", async () => {
    assert.equal(await settled(textOf({ concat: ["https://", pulumi.output("host"), "/"] })), "https://host/");
  });

  it("keeps the whole secret where a part is", async () => {
    assert.equal(await settled(textOf({ concat: ["owner=", pulumi.secret("hush")] })), "[secret]");
  });
});
