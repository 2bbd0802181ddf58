import assert from "node:assert/strict";
import { pathBefore, pathText, valueAt, without } from "../../components/inputs/path";

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

describe("without", () => {
  it("leaves out members and list entries, and nothing else", () => {
    const root = { keep: { a: 1 }, drop: 2, list: ["x", "y", "z"] };
    assert.deepEqual(without([["drop"], ["list", 1]], root), { keep: { a: 1 }, list: ["x", "z"] });
  });

  it("keeps the very same object where nothing is wrong: a cluster of Pulumi must not be copied", () => {
    const cluster = { deep: { made: true } };
    const rest = without([["mode"]], { mode: 1, cluster }) as { cluster: unknown };
    assert.equal(rest.cluster, cluster);
    assert.equal(without([], cluster), cluster);
  });

  it("leaves nothing where the whole is wrong", () => assert.equal(without([[]], { a: 1 }), undefined));

  it("does not mind a fault below a text", () => assert.equal(without([["a", "b"]], "text"), "text"));

  it("does not take null for a block", () => assert.deepEqual(without([["a", "b"]], { a: null }), { a: null }));
});

describe("pathBefore", () => {
  const faults = [["ingress", "hostnames", 0], ["ingress", "hostnames", 2], ["mode"]];

  it("counts the entries that were left out before this one", () => {
    assert.equal(pathBefore(faults, "ingress.hostnames[0]"), "ingress.hostnames[1]");
    assert.equal(pathBefore(faults, "ingress.hostnames[1]"), "ingress.hostnames[3]");
  });

  it("counts in whatever order the faults were found, and each entry once", () => {
    const twice = [
      ["list", 2],
      ["list", 0],
      ["list", 2],
    ];
    assert.equal(pathBefore(twice, "list[1]"), "list[3]");
    assert.equal(
      pathBefore(
        [
          ["list", 10],
          ["list", 9],
          ["list", 0],
        ],
        "list[8]",
      ),
      "list[11]",
    );
  });

  it("leaves other lists, and paths without list, alone", () => {
    assert.equal(pathBefore(faults, "ingress.allowedCidrs[0]"), "ingress.allowedCidrs[0]");
    assert.equal(pathBefore(faults, "ingress.tls"), "ingress.tls");
  });
});
