import assert from "node:assert/strict";
import { planCni } from "../../../components/control-plane/charts/cni";
import { offFargate } from "../../../components/control-plane/charts/fargate";
import { planZtunnel } from "../../../components/control-plane/charts/ztunnel";
import type { Tree } from "../../../components/plan/input-value";
import { controlPlane } from "../../support/settings";

const notOnFargate = { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] };
const required = "requiredDuringSchedulingIgnoredDuringExecution";
const nodes = (...nodeSelectorTerms: unknown[]) => ({ nodeAffinity: { [required]: { nodeSelectorTerms } } });

describe("offFargate", () => {
  it("keeps agents off Fargate, where no DaemonSet can run", () => {
    assert.deepEqual(offFargate(undefined), nodes({ matchExpressions: [notOnFargate] }));
  });

  it("goes into each of the user's terms, of which one is enough for Kubernetes", () => {
    const arm = { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] };
    const named = { matchFields: [{ key: "metadata.name", operator: "In", values: ["a"] }] };
    assert.deepEqual(
      offFargate(nodes({ matchExpressions: [arm] }, named)),
      nodes({ matchExpressions: [arm, notOnFargate] }, { ...named, matchExpressions: [notOnFargate] }),
    );
  });

  it("leaves all else of the user's affinity as it is", () => {
    const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [] };
    const podAffinity = { [required]: [] };
    const merged = offFargate({ nodeAffinity: preferred, podAffinity });
    assert.deepEqual(merged["podAffinity"], podAffinity);
    assert.deepEqual(merged["nodeAffinity"], {
      ...preferred,
      ...nodes({ matchExpressions: [notOnFargate] }).nodeAffinity,
    });
  });

  it("takes what it cannot read, such as an Output, as it is", () => {
    assert.deepEqual(offFargate(nodes("later")), nodes("later"));
  });
});

describe("the agents", () => {
  const values = (cni: Tree, ztunnel: Tree = {}) =>
    controlPlane({ values: { base: {}, istiod: {}, cni, ztunnel, gateway: {} } });
  const term = nodes({ matchExpressions: [notOnFargate] });
  const arm = nodes({ matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }] });

  it("of cni and ztunnel keep off Fargate", () => {
    assert.deepEqual(planCni(values({}), {}, []).values["affinity"], term);
    assert.deepEqual(planZtunnel(values({}), {}, []).values["affinity"], term);
    assert.deepEqual(planZtunnel(values({}, { affinity: arm }), {}, []).values["affinity"], offFargate(arm));
  });

  it("say so where the user speaks, since what stands below the block `cni` wins", () => {
    assert.deepEqual(planCni(values({ affinity: arm }), {}, []).values["affinity"], offFargate(arm));
    const below = planCni(values({ cni: { affinity: arm } }), {}, []).values;
    assert.deepEqual(below["cni"], { affinity: offFargate(arm) });
    assert.ok(!("affinity" in below));
  });
});
