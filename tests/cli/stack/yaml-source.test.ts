import assert from "node:assert/strict";
import { isMap, LineCounter, parseDocument } from "yaml";
import { readStackFile } from "../../../cli/stack/stack-file";
import { sourceOf } from "../../../cli/stack/yaml-source";
import { pathText } from "../../../components/inputs/path";

const file = (mesh: string) =>
  readStackFile(`config:\n  istio-mesh:mesh:${mesh}`, "stacks/Pulumi.prod.yaml", () => "").source;

const { placeOf, writtenAt } = file(`
    mode: ambient
    istio: { version: 1.30 }
    ingress:
      strategy: nlb
      allowedCidrs:
        - 10.0.0.0/8
        - 10.0.0.1/8
      annotations:
        a.b/c: 1
    namespaces:
      shop:
`);

describe("The places of arguments in a stack file", () => {
  it("are the lines of their keys, and of entries of lists", () => {
    const lines = {
      mode: 3,
      "istio.version": 4,
      ingress: 5,
      "ingress.allowedCidrs": 7,
      "ingress.allowedCidrs[1]": 9,
      'ingress.annotations["a.b/c"]': 11,
      "namespaces.shop": 13,
    };
    for (const [path, line] of Object.entries(lines)) assert.equal(placeOf(path), `Pulumi.prod.yaml:${line}`, path);
  });

  it("are those of the block around a member that is not written", () => {
    assert.equal(placeOf("ingress.dns.zoneName"), "Pulumi.prod.yaml:5");
    assert.equal(placeOf("namespaces.shop.mtls"), "Pulumi.prod.yaml:13");
    assert.equal(placeOf("cluster"), "Pulumi.prod.yaml:3");
  });

  it("are the line of the text where the arguments are JSON in one", () => {
    assert.equal(file(` '{ "mode": 1 }'`).placeOf("mode"), "Pulumi.prod.yaml:2");
  });

  it("are known of keys that are no texts, and of nothing where there is no block", () => {
    const lines = new LineCounter();
    const { contents } = parseDocument("? [a, b]\n: 1\n", { lineCounter: lines });
    const key = String(isMap(contents) ? contents.items[0]?.key : undefined);
    assert.equal(sourceOf(contents, { lines, file: "x.yaml" }).placeOf(pathText([key])), "x.yaml:1");
    assert.equal(sourceOf(null, { lines, file: "x.yaml" }).placeOf("mode"), undefined);
  });

  it("tell a number as it is written, where YAML reads another one", () => {
    assert.equal(writtenAt("istio.version"), "1.30");
    assert.equal(writtenAt('ingress.annotations["a.b/c"]'), undefined);
    assert.equal(writtenAt("nowhere"), undefined);
  });
});
