import assert from "node:assert/strict";
import { readStackFile, StackFileError } from "../../../cli/stack/stack-file";

const read = (text: string) => readStackFile(text, "Pulumi.test.yaml", () => "(encrypted)");
const refusal = (text: string) => {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof StackFileError);
    return error.message;
  }
  throw new Error("it was read");
};

describe("readStackFile", () => {
  it("takes the mesh, the names of all keys and the region from a Pulumi stack file", () => {
    const { source, ...content } = read(
      "config:\n  aws:region: eu-west-1\n  istio-mesh:mesh:\n    mode: ambient\n    cluster: { name: prod }\n",
    );
    assert.match(String(source.placeOf("mode")), /\.yaml:4$/);
    assert.deepEqual(content, {
      keys: ["aws:region", "istio-mesh:mesh"],
      mesh: { mode: "ambient", cluster: { name: "prod" } },
      region: "eu-west-1",
      credentials: { profile: undefined, roles: [], unusable: [] },
    });
  });

  it("takes the credentials of Pulumi's AWS provider", () => {
    assert.equal(read("config: { istio-mesh:mesh: {}, aws:profile: work }").credentials.profile, "work");
  });

  it("has no region where none is written, or one that is encrypted", () => {
    assert.equal(read("config: { istio-mesh:mesh: {} }").region, undefined);
    assert.equal(read("config: { istio-mesh:mesh: {}, aws:region: { secure: v1:abc } }").region, undefined);
  });

  it("puts a secret in the place of each encrypted value, wherever it stands", () => {
    const { mesh } = read(
      [
        "config:",
        "  istio-mesh:mesh:",
        "    cluster: { kubeconfig: { secure: v1:abc } }",
        "    list: [plain, { secure: v1:def }]",
        "    tags: { secure: not encrypted, other: 1 }",
      ].join("\n"),
    );
    assert.deepEqual(mesh, {
      cluster: { kubeconfig: "(encrypted)" },
      list: ["plain", "(encrypted)"],
      tags: { secure: "not encrypted", other: 1 },
    });
  });

  it("reads a mesh that `pulumi config set` left as JSON in a text, as `pulumi up` does", () => {
    assert.deepEqual(read(`config: { istio-mesh:mesh: '{"mode":"ambient"}' }`).mesh, { mode: "ambient" });
  });

  it("leaves a text that is no JSON to the check of the arguments", () => {
    assert.equal(read("config: { istio-mesh:mesh: ambient }").mesh, "ambient");
    assert.equal(read("config: { istio-mesh:mesh: null }").mesh, null);
  });

  it("refuses a mesh that is encrypted as a whole, and says how to keep a part of it secret", () => {
    const message = refusal("config: { istio-mesh:mesh: { secure: v1:abc } }");
    assert.match(message, /^Pulumi\.test\.yaml: istio-mesh:mesh is encrypted as a whole/);
    assert.match(message, /pulumi config set --secret --path mesh\.<member>/);
  });

  it("refuses what is no YAML, with the line", () => {
    assert.match(refusal("config:\n  istio-mesh:mesh: [\n"), /^Pulumi\.test\.yaml is no YAML: .* line 3/s);
  });

  it("refuses a key that stands twice, which Pulumi would refuse too", () => {
    assert.match(refusal("config: { istio-mesh:mesh: {}, istio-mesh:mesh: {} }"), /Map keys must be unique/);
  });

  it("refuses a file without a mesh, and reports what is there and what should be", () => {
    assert.equal(
      refusal("config: { aws:region: eu-west-1, other:mesh: {} }"),
      `Pulumi.test.yaml has no arguments of the mesh.

  given    aws:region, other:mesh
  allowed  a Pulumi stack file with the arguments of the mesh below config and istio-mesh:mesh
  to do    write it as in Pulumi.dev.yaml, or name another file with --config`,
    );
    for (const nothing of ["", "config:", "just a text", "- a\n- list"]) {
      assert.match(refusal(nothing), /given {4}no configuration/);
    }
  });

  it("refuses arguments that are not indented far enough, and shows where they belong", () => {
    const expected = (given: string, where: string) => `Pulumi.test.yaml has no arguments of the mesh.

  given    ${given}
  allowed  a Pulumi stack file with the arguments of the mesh below config and istio-mesh:mesh
  to do    indent the arguments ${where} below config and istio-mesh:mesh:

           config:
             istio-mesh:mesh:
               mode: …
               cluster: …`;
    assert.equal(refusal("mode: ambient\ncluster: { name: a }"), expected("mode, cluster", "at the top of the file"));
    assert.equal(refusal("istio-mesh:mesh: {}"), expected("istio-mesh:mesh", "at the top of the file"));
    assert.equal(refusal("config: { mode: ambient }"), expected("mode", "directly below config"));
    assert.equal(refusal("config: { mesh: {} }"), expected("mesh", "directly below config"));
  });
});
