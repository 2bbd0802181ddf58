import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planAddonReleases, planPodRoles } from "../../components/mesh/addons-plan";
import { clusterFacts, settingsOf } from "../support/settings";

const xray = (args: Partial<IstioMeshArgs> = {}) =>
  settingsOf({ telemetry: { tracing: { provider: "xray", collector: { values: { replicaCount: 3 } } } }, ...args });

describe("planPodRoles", () => {
  it("plans a role for each add-on that calls AWS, and no other", () => {
    assert.deepEqual(planPodRoles(settingsOf(), clusterFacts), []);
    const [role, ...others] = planPodRoles(xray({ tags: { team: "shop" } }), clusterFacts);
    assert.deepEqual(others, []);
    assert.deepEqual([role?.name, role?.tags], ["pod-role-xray-collector", { team: "shop" }]);
  });
});

describe("planAddonReleases", () => {
  it("plans nothing where nothing is asked for", () => {
    assert.deepEqual(planAddonReleases(settingsOf(), clusterFacts), []);
  });

  it("puts add-ons beside the control plane and after it, and those with a role after what gives it to them", () => {
    const [collector] = planAddonReleases(xray({ istio: { namespace: "mesh", revision: "a" } }), clusterFacts);
    assert.equal(collector?.namespace, "mesh");
    assert.deepEqual(collector?.after, [
      "namespace-mesh",
      "istiod-a",
      "permissions-xray-collector",
      "pod-identity-xray-collector",
    ]);
  });

  it("merges the user's values between what may change and what may not", () => {
    const [collector] = planAddonReleases(xray(), clusterFacts);
    assert.equal(collector?.values["replicaCount"], 3);
    assert.equal(collector?.values["mode"], "deployment");
    assert.deepEqual(collector?.values["image"], { repository: "otel/opentelemetry-collector-contrib" });
  });
});
