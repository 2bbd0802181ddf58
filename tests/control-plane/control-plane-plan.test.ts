import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planControlPlane, planCrds } from "../../components/control-plane/control-plane-plan";
import { requiredValuesOf } from "../../components/mesh/chart-required-values";
import { settingsOf } from "../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const canary = { version: "1.31.1", revision: "1-31-1", revisionTags: ["next"] };
const ambient: Args = { mode: "ambient" };

const controlPlane = (args: Args, nodeRules: readonly string[] = []) => {
  const settings = settingsOf(args);
  return planControlPlane(settings, { requiredValues: requiredValuesOf(settings), nodeRules });
};
/** What each release comes after, by its logical name. */
const order = (args: Args, nodeRules: readonly string[] = []) =>
  Object.fromEntries(controlPlane(args, nodeRules).map(({ name, after }) => [name, after]));

describe("planCrds", () => {
  it("installs the Gateway API's definitions at the release that this Istio reads, waiting for nothing", () => {
    const [crds, ...more] = planCrds(settingsOf(ambient));
    assert.deepEqual([crds?.name, crds?.after, more], ["crds", [], []]);
    assert.match(String(crds?.file), /v1\.6\.0\/standard-install\.yaml$/);
  });

  it("installs none where nobody needs them, or someone else has them", () => {
    assert.deepEqual(planCrds(settingsOf({ ingress: nlb })), []);
    assert.deepEqual(planCrds(settingsOf({ ...ambient, gatewayApi: { crds: "external" } })), []);
  });
});

describe("planControlPlane", () => {
  it("installs base, then istiod, in sidecar mode", () => {
    assert.deepEqual(order({}), { base: ["namespace-istio-system"], istiod: ["base"] });
  });

  it("installs the agent beside istiod, and ztunnel after both, in ambient mode", () => {
    assert.deepEqual(order(ambient), {
      base: ["namespace-istio-system"],
      istiod: ["base", "crds"],
      cni: ["namespace-istio-system"],
      ztunnel: ["istiod", "cni"],
    });
  });

  it("installs the agent in sidecar mode where it is to replace the init containers", () => {
    assert.deepEqual(order({ istio: { sidecarCni: true } }), {
      base: ["namespace-istio-system"],
      istiod: ["base"],
      cni: ["namespace-istio-system"],
    });
  });

  it("has istiod wait for the rules of its webhooks: Helm would wait for it in vain", () => {
    assert.deepEqual(order({}, ["webhook-rule-0"])["istiod"], ["base", "webhook-rule-0"]);
  });

  it("has a canary take its tags after the main control plane has given them up: two releases cannot own one webhook", () => {
    assert.deepEqual(order({ istio: { canary } }), {
      base: ["namespace-istio-system"],
      istiod: ["base"],
      "istiod-1-31-1": ["base", "istiod"],
    });
    const { "istiod-1-31-1": after } = order({ istio: { revision: "a", canary } });
    assert.deepEqual(after, ["base", "istiod-a"]);
  });

  it("reports each control plane what the mode needs", () => {
    const profiles = controlPlane({ ...ambient, istio: { canary } }).map(({ name, values }) => [
      name,
      values["profile"],
    ]);
    assert.deepEqual(profiles, [
      ["base", undefined],
      ["istiod", "ambient"],
      ["istiod-1-31-1", "ambient"],
      ["cni", "ambient"],
      ["ztunnel", "ambient"],
    ]);
    const [, istiod] = controlPlane({ istio: { sidecarCni: true } });
    assert.deepEqual(istiod?.values["cni"], { enabled: true });
  });

  it("has the agents follow the main control plane, of which there is one per node", () => {
    assert.deepEqual(order({ ...ambient, istio: { revision: "a", canary } })["ztunnel"], ["istiod-a", "cni"]);
  });

  it("installs nothing where someone else runs Istio", () => {
    assert.deepEqual(controlPlane({ istio: { profile: "empty" } }), []);
  });

  it("lives in the given namespace", () => {
    const args: Args = { ...ambient, istio: { namespace: "mesh" } };
    assert.deepEqual(order(args)["base"], ["namespace-mesh"]);
    for (const { namespace } of controlPlane(args)) assert.equal(namespace, "mesh");
  });
});
