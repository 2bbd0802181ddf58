import assert from "node:assert/strict";
import { offFargate } from "../../../components/control-plane/charts/fargate";
import { planZtunnel, ztunnelRequirements } from "../../../components/control-plane/charts/ztunnel";
import { controlPlane, unrevisioned } from "../../support/settings";

describe("ztunnelRequirements", () => {
  it("asks the control plane of the mesh's namespace for certificates and workloads", () => {
    assert.deepEqual(ztunnelRequirements(controlPlane({ namespace: "mesh" }), {}), {
      profile: "ambient",
      istioNamespace: "mesh",
    });
  });

  it("names the revision, which picks istiod-<revision>", () => {
    const main = { ...unrevisioned, revision: "1-31-1" };
    assert.equal(ztunnelRequirements(controlPlane({ main }), {})["revision"], "1-31-1");
  });

  it("adds what other capabilities require of it", () => {
    const requiredValues = { global: { networkPolicy: { enabled: true } } };
    assert.deepEqual(ztunnelRequirements(controlPlane(), requiredValues)["global"], requiredValues.global);
  });
});

describe("planZtunnel", () => {
  it("keeps the chart's own name, for which istiod trusts it", () => {
    const { name, releaseName, chart, version, namespace, repository, after } = planZtunnel(controlPlane(), {}, [
      "istiod",
    ]);
    assert.deepEqual(
      { name, releaseName, chart, version, namespace, repository, after },
      {
        name: "ztunnel",
        releaseName: "ztunnel",
        chart: "ztunnel",
        version: "1.31.1",
        namespace: "istio-system",
        repository: "https://charts.example.com",
        after: ["istiod"],
      },
    );
  });

  it("takes the hub below the user's values and the requirements above them", () => {
    const ztunnel = { logLevel: "debug", profile: "x", global: { hub: "h" } };
    const { values } = planZtunnel(controlPlane({ values: { ...controlPlane().values, ztunnel } }), {}, []);
    assert.deepEqual(values, {
      global: { hub: "h" },
      logLevel: "debug",
      profile: "ambient",
      istioNamespace: "istio-system",
      affinity: offFargate(undefined),
    });
    assert.deepEqual(planZtunnel(controlPlane({ hub: "r" }), {}, []).values["global"], { hub: "r" });
  });
});
