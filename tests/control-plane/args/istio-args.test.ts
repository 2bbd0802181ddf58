import assert from "node:assert/strict";
import { istioShape } from "../../../components/control-plane/args/istio-args";
import { checkShape } from "../../../components/inputs/shape";

const suggestion = (args: object) =>
  checkShape(istioShape, args).problems.map((one) => `${one.path}: ${one.suggestion}`);

describe("istioShape", () => {
  it("takes charts from a repository, a registry or a folder", () => {
    for (const chartRepository of [
      "https://blob.istio.io/istio-release/charts",
      "http://mirror/charts",
      "oci://ghcr.io/istio/release/charts",
      "./charts",
      "/srv/charts",
    ]) {
      assert.deepEqual(suggestion({ chartRepository }), [], chartRepository);
    }
  });

  it("refuses the two places that Istio closes in December 2026", () => {
    for (const chartRepository of [
      "https://istio-release.storage.googleapis.com/charts",
      "oci://gcr.io/istio-release/charts",
    ]) {
      assert.match(
        suggestion({ chartRepository }).join(),
        /closes.*write https:\/\/blob\.istio\.io\/istio-release\/charts/,
      );
    }
  });

  it("refuses other schemes, which Helm cannot read, and an empty address", () => {
    assert.deepEqual(suggestion({ chartRepository: "s3://charts" }), [
      "chartRepository: begin it with https:// or oci://",
    ]);
    assert.deepEqual(suggestion({ chartRepository: " " }), ["chartRepository: write an address, or remove the line"]);
  });

  it("answers istioctl's old profile names with today's", () => {
    assert.deepEqual(suggestion({ profile: "external" }), ['profile: the old name of "remote"; write "remote"']);
    assert.match(suggestion({ profile: "ambient" }).join(), /write mode: "ambient" and leave the profile out/);
    assert.match(suggestion({ profile: "openshift" }).join(), /write one of "default", "demo"/);
  });

  it("refuses a revision or tag with dots, anywhere", () => {
    assert.deepEqual(
      suggestion({ revision: "1.31.1", revisionTags: ["a", "b.c"], canary: { version: "1.31.1", revision: "x.y" } }),
      ['revision: write "1-31-1"', 'revisionTags[1]: write "b-c"', 'canary.revision: write "x-y"'],
    );
  });

  it("takes values by the name of a chart, and no chart that Istio does not publish", () => {
    const values = { base: {}, istiod: { pilot: {} }, cni: {}, ztunnel: {}, gateway: {} };
    assert.deepEqual(suggestion({ values }), []);
    assert.deepEqual(suggestion({ values: { pilot: {}, ingress: {}, gateways: {} } }), [
      'values.pilot: remove "pilot": there is no such member',
      'values.ingress: remove "ingress": there is no such member',
      'values.gateways: did you mean "gateway"?',
    ]);
  });

  it("wants version and revision of a canary", () => {
    assert.deepEqual(
      checkShape(istioShape, { canary: {} }).problems.map(({ path, given }) => `${path}: ${given}`),
      ["canary.version: nothing", "canary.revision: nothing"],
    );
  });

  it("checks the version against the table, and names of namespaces", () => {
    assert.match(suggestion({ version: "1.31" }).join(), /name the patch too/);
    assert.equal(suggestion({ namespace: "Istio" }).length, 1);
    assert.deepEqual(
      suggestion({ version: "1.31.1", namespace: "mesh", imageHub: "r/istio", sidecarCni: true, meshConfig: {} }),
      [],
    );
  });
});
