import assert from "node:assert/strict";
import { planCni } from "../../../components/control-plane/charts/cni";
import { offFargate } from "../../../components/control-plane/charts/fargate";
import { Profile } from "../../../components/plan/enums";
import { controlPlane } from "../../support/settings";

const affinity = offFargate(undefined);
const withValues = (cni: object) => controlPlane({ values: { ...controlPlane().values, cni: { ...cni } } });

describe("planCni", () => {
  it("installs the agent beside the control plane, at its version", () => {
    const { name, releaseName, chart, version, namespace, repository, after } = planCni(controlPlane(), {}, ["x"]);
    assert.deepEqual(
      { name, releaseName, chart, version, namespace, repository, after },
      {
        name: "cni",
        releaseName: "istio-cni",
        chart: "cni",
        version: "1.31.1",
        namespace: "istio-system",
        repository: "https://charts.example.com",
        after: ["x"],
      },
    );
  });

  it("pulls from the given hub: charts up to 1.30 would take one that closes", () => {
    assert.deepEqual(planCni(controlPlane({ hub: "r/istio" }), {}, []).values, {
      ...{ affinity, global: { hub: "r/istio" } },
    });
  });

  it("lets the user change what the mode does not need", () => {
    const { values } = planCni(
      withValues({ profile: "x", cniBinDir: "/bin", global: { hub: "h" } }),
      { profile: "ambient" },
      [],
    );
    assert.deepEqual(values, { affinity, profile: "ambient", cniBinDir: "/bin", global: { hub: "h" } });
  });

  it("leaves out what the user says below cni, which the chart flattens over ours", () => {
    const own = { cni: { hub: "mine", resources: { requests: { cpu: "5m" } } } };
    const settings = { ...withValues(own), profile: Profile.Demo };
    assert.deepEqual(planCni(settings, {}, []).values, {
      ...{ affinity, resources: { requests: { memory: "40Mi" } } },
      ...own,
    });
  });
});
