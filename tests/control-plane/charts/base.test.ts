import assert from "node:assert/strict";
import { baseRequirements, planBase } from "../../../components/control-plane/charts/base";
import type { Tree } from "../../../components/plan/input-value";
import { controlPlane, unrevisioned } from "../../support/settings";

const main = { ...unrevisioned, revision: "1-31-1", tags: ["default", "prod"] };

describe("baseRequirements", () => {
  it("has the default validator call the installed revision: a revision that is not there blocks every later write", () => {
    assert.equal(baseRequirements(controlPlane())["defaultRevision"], "default");
    assert.equal(baseRequirements(controlPlane({ main }))["defaultRevision"], "1-31-1");
  });

  it("never has it call a tag, whose Service is called istiod-revision-tag-<tag>", () => {
    assert.equal(baseRequirements(controlPlane({ main: { ...main, tags: ["stable"] } }))["defaultRevision"], "1-31-1");
  });

  it("tells the webhook in which namespace istiod is", () => {
    assert.deepEqual(baseRequirements(controlPlane({ namespace: "mesh" }))["global"], { istioNamespace: "mesh" });
  });

  it("has nobody validate where the control plane is known by its webhook's address alone: there is no Service", () => {
    const values = (base: Tree, istiod: Tree) => ({ ...controlPlane().values, base: { base }, istiod });
    const revisionOf = (base: Tree, istiod: Tree) =>
      baseRequirements(controlPlane({ profile: "remote", values: values(base, istiod) }))["defaultRevision"];
    const injection = { istiodRemote: { injectionURL: "https://192.0.2.1:15017/inject" } };
    assert.equal(revisionOf({}, injection), "");
    assert.equal(revisionOf({ validationURL: "https://192.0.2.1:15017/validate" }, injection), "default");
    assert.equal(revisionOf({}, { ...injection, global: { remotePilotAddress: "192.0.2.1" } }), "default");
  });

  it("gives the profile remote to base too, and no other: `default` is a name that only istioctl knows", () => {
    assert.equal(baseRequirements(controlPlane({ profile: "remote" }))["profile"], "remote");
    for (const profile of ["default", "minimal", "preview"] as const) {
      assert.ok(!("profile" in baseRequirements(controlPlane({ profile }))), profile);
    }
  });
});

describe("planBase", () => {
  it("names the release istio-base: its CRDs outlive it, and Helm adopts them again only under the same name", () => {
    const { releaseName, chart, namespace, name, after } = planBase(controlPlane(), ["namespace-istio-system"]);
    assert.deepEqual(
      { releaseName, chart, namespace, name, after },
      {
        releaseName: "istio-base",
        chart: "base",
        namespace: "istio-system",
        name: "base",
        after: ["namespace-istio-system"],
      },
    );
  });

  it("is not waited for: nothing in it runs, and Helm looks only every two seconds", () => {
    assert.equal(planBase(controlPlane(), []).unawaited, true);
  });

  it("takes the chart from the given place", () => {
    assert.equal(planBase(controlPlane({ repository: "oci://r/charts" }), []).repository, "oci://r/charts");
  });

  it("installs the definitions of the newer of two control planes, since the older reads them too", () => {
    const canary = { version: "1.31.1", revision: "b", tags: [] };
    const older = { ...unrevisioned, version: "1.30.4" };
    assert.equal(planBase(controlPlane({ main: older, canary }), []).version, "1.31.1");
    assert.equal(planBase(controlPlane({ canary: { ...canary, version: "1.30.4" } }), []).version, "1.31.1");
    assert.equal(planBase(controlPlane({ main: older }), []).version, "1.30.4");
  });

  it("compares versions by number: 1.30.10 is newer than 1.30.9", () => {
    const older = { ...unrevisioned, version: "1.30.9" };
    const canary = { version: "1.30.10", revision: "b", tags: [] };
    assert.equal(planBase(controlPlane({ main: older, canary }), []).version, "1.30.10");
  });

  it("lets the user's values in, but not over what the mesh needs", () => {
    const base = { base: { excludedCRDs: ["x"] }, defaultRevision: "wrong" };
    const { values } = planBase(controlPlane({ values: { ...controlPlane().values, base } }), []);
    assert.deepEqual(values["base"], { excludedCRDs: ["x"] });
    assert.equal(values["defaultRevision"], "default");
  });
});
