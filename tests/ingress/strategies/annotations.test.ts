import assert from "node:assert/strict";
import { otherBalancer, writtenAnnotations } from "../../../components/ingress/strategies/annotations";

describe("writtenAnnotations", () => {
  it("adds ours under the controller's prefix, and they win over the user's", () => {
    assert.deepEqual(writtenAnnotations({ "p/scheme": "x", other: "y" }, "p/", { scheme: "internal" }), {
      "p/scheme": "internal",
      other: "y",
    });
  });

  it("writes nothing of what is not set: the text `undefined` would be read as a value", () => {
    assert.deepEqual(writtenAnnotations({ "p/name": "x" }, "p/", { name: undefined }), { "p/name": "x" });
  });
});

describe("otherBalancer", () => {
  it("names annotations as Pulumi names a property with dots and slashes", () => {
    assert.deepEqual(otherBalancer(["a.b/c"]), ['metadata.annotations["a.b/c"]']);
  });
});
