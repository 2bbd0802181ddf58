import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { commaSeparated, tagsText, withMore } from "../../../components/ingress/strategies/interpolation";

const deferred = pulumi.output("subnet-2");

describe("commaSeparated", () => {
  it("leaves joining to the edge, since one of the texts may not be known yet", () => {
    assert.deepEqual(commaSeparated(["subnet-1", deferred]), { concat: ["subnet-1", ",", deferred] });
    assert.deepEqual(commaSeparated([deferred]), { concat: [deferred] });
  });

  it("is nothing for no text: an empty annotation would be read as a value", () => {
    assert.equal(commaSeparated([]), undefined);
  });
});

describe("withMore", () => {
  it("keeps a text that is alone as it is, and puts others behind it in their order", () => {
    assert.equal(withMore("a", []), "a");
    assert.deepEqual(withMore("a", [deferred, "b"]), { concat: ["a", ",", deferred, ",", "b"] });
  });
});

describe("tagsText", () => {
  it("writes a=1,b=2, the form in which the controller reads tags", () => {
    assert.deepEqual(tagsText({ Team: "a", Stage: deferred }), { concat: ["Team=", "a", ",Stage=", deferred] });
  });

  it("is nothing without tags", () => assert.equal(tagsText({}), undefined));
});
