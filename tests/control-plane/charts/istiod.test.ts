import assert from "node:assert/strict";
import { istiodRequirements, planIstiod } from "../../../components/control-plane/charts/istiod";
import { controlPlane, unrevisioned } from "../../support/settings";
import type { ControlPlaneSettings, RevisionSettings } from "../../../components/plan/settings";

const requiredValues = { istiod: { profile: "ambient" } };
const none = { istiod: {} };
const revisioned: RevisionSettings = { version: "1.31.1", revision: "1-31-1", tags: ["prod"] };
const plan = (changes: Partial<ControlPlaneSettings> = {}, revision = unrevisioned) =>
  planIstiod(controlPlane(changes), revision, { requiredValues: none, after: [] });

describe("istiodRequirements", () => {
  it("gives an unrevisioned control plane neither revision nor tags", () => {
    assert.deepEqual(istiodRequirements(controlPlane(), unrevisioned, none), {
      global: { istioNamespace: "istio-system" },
    });
  });

  it("gives a revisioned one its name and its tags, which become webhooks of this release alone", () => {
    const { revision, revisionTags } = istiodRequirements(controlPlane(), revisioned, none);
    assert.deepEqual([revision, revisionTags], ["1-31-1", ["prod"]]);
  });

  it("passes on the profiles that the chart knows, and no other: the chart fails at an unknown profile", () => {
    assert.equal(istiodRequirements(controlPlane({ profile: "preview" }), unrevisioned, none)["profile"], "preview");
    assert.equal(istiodRequirements(controlPlane({ profile: "remote" }), unrevisioned, none)["profile"], "remote");
    for (const profile of ["default", "minimal", "empty"] as const) {
      assert.ok(!("profile" in istiodRequirements(controlPlane({ profile }), unrevisioned, none)), profile);
    }
  });

  it("adds what the mode requires", () => {
    assert.equal(istiodRequirements(controlPlane(), unrevisioned, requiredValues)["profile"], "ambient");
  });
});

describe("planIstiod", () => {
  it("puts what the profile demo presets below all that is said", () => {
    const meshConfig = { accessLogEncoding: "JSON", accessLogFile: "/dev/null" };
    const values = { ...controlPlane().values, istiod: { traceSampling: 5 } };
    const reported = planIstiod(controlPlane({ profile: "demo", meshConfig, values }), unrevisioned, {
      requiredValues: { istiod: {} },
      after: [],
    }).values;
    assert.deepEqual([reported["meshConfig"], reported["traceSampling"]], [meshConfig, 5]);
    assert.match(JSON.stringify(reported["global"]), /"hub":.*"memory":"40Mi"|"memory":"40Mi".*"hub":/);
  });

  it("carries the revision in every name, so that promoting a canary replaces nothing", () => {
    const { name, releaseName } = plan({}, revisioned);
    assert.deepEqual([name, releaseName], ["istiod-1-31-1", "istiod-1-31-1"]);
    assert.deepEqual([plan().name, plan().releaseName], ["istiod", "istiod"]);
  });

  it("tells the profile remote nothing of how istiod runs: the chart makes no pods then, and reads none of it", () => {
    const remote = controlPlane({ profile: "remote", meshConfig: { accessLogFile: "/dev/stdout" } });
    const { values } = planIstiod(remote, revisioned, {
      requiredValues: { istiod: { cni: { enabled: true } } },
      after: [],
    });
    assert.deepEqual(values, {
      profile: "remote",
      revision: "1-31-1",
      revisionTags: ["prod"],
      global: { istioNamespace: "istio-system" },
    });
  });

  it("tells it what the user's values have it make here after all: an injector, the mesh configuration", () => {
    const remote = (istiod: object) =>
      plan({
        profile: "remote",
        meshConfig: { accessLogFile: "/dev/stdout" },
        values: { ...controlPlane().values, istiod: { global: { remotePilotAddress: "192.0.2.1" }, ...istiod } },
      }).values;
    const injector = remote({ istiodRemote: { enabledLocalInjectorIstiod: true } });
    assert.deepEqual(injector["global"], {
      hub: "docker.io/istio",
      priorityClassName: "system-cluster-critical",
      remotePilotAddress: "192.0.2.1",
      istioNamespace: "istio-system",
    });
    assert.deepEqual([injector["autoscaleMin"], injector["meshConfig"]], [2, undefined]);
    const configured = remote({ configMap: true });
    assert.deepEqual(
      [configured["autoscaleMin"], configured["meshConfig"]],
      [undefined, { accessLogFile: "/dev/stdout" }],
    );
  });

  it("installs the version of this control plane, which a canary has for itself", () => {
    const { version, chart, namespace, repository, after } = planIstiod(
      controlPlane(),
      { ...revisioned, version: "1.30.4" },
      { requiredValues, after: ["base"] },
    );
    assert.deepEqual(
      { version, chart, namespace, repository, after },
      {
        version: "1.30.4",
        chart: "istiod",
        namespace: "istio-system",
        repository: "https://charts.example.com",
        after: ["base"],
      },
    );
  });

  it("scales between the limits; the chart makes a disruption budget only above one replica", () => {
    const { autoscaleEnabled, autoscaleMin, autoscaleMax } = plan().values;
    assert.deepEqual([autoscaleEnabled, autoscaleMin, autoscaleMax], [true, 2, 5]);
  });

  it("turns the autoscaler off where both limits are equal: replicaCount counts only then", () => {
    const { values } = plan({ minReplicas: 3, maxReplicas: 3 });
    assert.deepEqual([values["autoscaleEnabled"], values["replicaCount"]], [false, 3]);
    assert.ok(!("autoscaleMin" in values));
  });

  it("writes nothing for nothing where the user's values turn the autoscaler on or off, also below pilot", () => {
    const valuesOf = (istiod: object, changes: Partial<ControlPlaneSettings> = {}) => {
      const { autoscaleEnabled, autoscaleMin, autoscaleMax, replicaCount } = plan({
        ...changes,
        values: { ...controlPlane().values, istiod: { ...istiod } },
      }).values;
      return [autoscaleEnabled, autoscaleMin, autoscaleMax, replicaCount];
    };
    assert.deepEqual(valuesOf({ autoscaleEnabled: false }), [false, undefined, undefined, 2]);
    assert.deepEqual(valuesOf({ pilot: { autoscaleEnabled: false, replicaCount: 4 } }), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    assert.deepEqual(valuesOf({ pilot: { autoscaleMin: 3 } }), [true, undefined, 5, undefined]);
    assert.deepEqual(valuesOf({ autoscaleEnabled: true }, { minReplicas: 3, maxReplicas: 3 }), [true, 3, 3, undefined]);
  });

  it("spreads the pods of this revision only, which Istio calls default where it has none", () => {
    const labels = (revision: RevisionSettings) =>
      JSON.stringify(plan({}, revision).values["topologySpreadConstraints"]);
    assert.match(labels(unrevisioned), /"istio.io\/rev":"default"/);
    assert.match(labels(revisioned), /"istio.io\/rev":"1-31-1"/);
    assert.match(labels(revisioned), /"app":"istiod"/);
  });

  it("says of nodes, tolerations, resources and mesh configuration only what was said to it", () => {
    const keys = Object.keys(plan().values);
    for (const key of ["nodeSelector", "tolerations", "resources", "meshConfig"]) assert.ok(!keys.includes(key), key);
    const { values } = plan({
      nodeSelector: { pool: "system" },
      tolerations: [{ key: "a" }],
      resources: { requests: { cpu: "1" } },
      meshConfig: { accessLogFile: "/dev/stdout" },
    });
    assert.deepEqual(values["nodeSelector"], { pool: "system" });
    assert.deepEqual(values["tolerations"], [{ key: "a" }]);
    assert.deepEqual(values["resources"], { requests: { cpu: "1" } });
    assert.deepEqual(values["meshConfig"], { accessLogFile: "/dev/stdout" });
  });

  it("sets hub, priority and namespace below global, where the chart reads them", () => {
    assert.deepEqual(plan({ hub: "r", priorityClassName: "p", namespace: "mesh" }).values["global"], {
      hub: "r",
      priorityClassName: "p",
      istioNamespace: "mesh",
    });
  });

  it("lets the user change our defaults, and not what is required", () => {
    const istiod = { autoscaleMin: 4, profile: "x", global: { hub: "h", istioNamespace: "x" } };
    const settings = controlPlane({ values: { ...controlPlane().values, istiod } });
    const { values } = planIstiod(settings, unrevisioned, { requiredValues, after: [] });
    assert.deepEqual(
      [values["autoscaleMin"], values["profile"], values["global"]],
      [4, "ambient", { hub: "h", istioNamespace: "istio-system", priorityClassName: "system-cluster-critical" }],
    );
  });
});
