import assert from "node:assert/strict";
import { memberText, pathText, valueAt } from "../../components/inputs/path";

describe("pathText", () => {
  it("writes members with dots and list entries with brackets", () => {
    assert.equal(pathText(["ingress", "allowedCidrs", 1]), "ingress.allowedCidrs[1]");
  });

  it("quotes a name that has dots or slashes of its own, such as an annotation's", () => {
    assert.equal(pathText(["annotations", "pulumi.com/waitFor"]), 'annotations["pulumi.com/waitFor"]');
    assert.equal(pathText(["a.b"]), '["a.b"]');
    assert.equal(pathText(["tags", 'a"b']), 'tags["a\\"b"]');
    assert.equal(pathText(["tags", ""]), 'tags[""]');
  });

  it("is empty for the whole block", () => assert.equal(pathText([]), ""));

  it("leaves hyphens and underscores as they are: names of ingresses have them", () => {
    assert.equal(pathText(["additionalIngresses", "istio-internal", "a_b"]), "additionalIngresses.istio-internal.a_b");
  });
});

describe("memberText", () => {
  it("goes on from a place that is a text already", () => {
    assert.equal(memberText("ingress.routes[0].headers", "x-user"), "ingress.routes[0].headers.x-user");
    assert.equal(memberText("labels", "example.com/team"), 'labels["example.com/team"]');
    assert.equal(memberText("remove", 1), "remove[1]");
  });
});

describe("valueAt", () => {
  const root = { ingress: { allowedCidrs: ["10.0.0.0/16"] }, mode: "sidecar", nothing: null };

  it("finds what stands at a path", () => {
    assert.equal(valueAt(root, ["ingress", "allowedCidrs", 0]), "10.0.0.0/16");
    assert.equal(valueAt(root, []), root);
  });

  it("finds nothing where a path leads through a text, through null or nowhere", () => {
    assert.equal(valueAt(root, ["mode", "length"]), undefined);
    assert.equal(valueAt(root, ["nothing", "more"]), undefined);
    assert.equal(valueAt(root, ["cluster", "name"]), undefined);
  });
});
