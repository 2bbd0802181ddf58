import assert from "node:assert/strict";
import { type ChartRequiredValues, checkChartValues } from "../../components/mesh/chart-values-check";
import type { ControlPlaneSettings } from "../../components/plan/settings";
import type { ChartName } from "../../components/plan/enums";
import { controlPlane, egress, gateway, security, unrevisioned } from "../support/settings";

type Values = Partial<Record<ChartName, Readonly<Record<string, unknown>>>>;

function check(
  values: Values,
  changes: Partial<ChartRequiredValues & { settings: Partial<ControlPlaneSettings> }> = {},
) {
  const { settings, ...requiredValues } = changes;
  const all = { ...controlPlane().values, ...values };
  return checkChartValues({
    mode: "sidecar",
    gateways: [],
    security: security(),
    egress: egress(),
    controlPlane: controlPlane({ values: all, ...settings }),
    ...requiredValues,
  });
}
const places = (...args: Parameters<typeof check>) => check(...args).map(({ path }) => path);

const revisioned = { main: { ...unrevisioned, revision: "1-31-1", tags: ["prod"] } };
const ambient = { mode: "ambient" } as const;

describe("checkChartValues", () => {
  it("has nothing against values that the mesh does not need", () => {
    const values = {
      base: { excludedCRDs: [] },
      istiod: { env: { X: "1" }, autoscaleMin: 3, global: { hub: "h" } },
      gateway: { resources: {} },
    };
    assert.deepEqual(places(values, { gateways: [gateway()] }), []);
  });

  it("has nothing against the user saying what the mesh says", () => {
    const values = {
      base: { defaultRevision: "1-31-1", global: { istioNamespace: "istio-system" } },
      istiod: { revision: "1-31-1", profile: "ambient" },
      cni: { profile: "ambient" },
      ztunnel: { profile: "ambient", revision: "1-31-1" },
      gateway: { service: { type: "None" }, revision: "1-31-1" },
    };
    assert.deepEqual(
      places(values, {
        ...ambient,
        settings: { ...revisioned, values: { ...controlPlane().values, ...values } },
        gateways: [gateway()],
      }),
      [],
    );
  });

  it("says where, what was given, what the mesh needs", () => {
    assert.deepEqual(check({ istiod: { global: { istioNamespace: "mesh" } } }), [
      {
        path: "istio.values.istiod.global.istioNamespace",
        given: '"mesh"',
        allowed: '"istio-system": the mesh needs it',
        suggestion: "remove it; a member of the mesh's arguments decides it",
      },
    ]);
  });

  describe("base", () => {
    it("keeps the default validator at an installed revision: otherwise every later write of Istio's objects fails", () => {
      assert.deepEqual(places({ base: { defaultRevision: "prod" } }), ["istio.values.base.defaultRevision"]);
    });
  });

  describe("istiod", () => {
    it("has no other profile, revision or tags than the arguments say", () => {
      assert.deepEqual(places({ istiod: { profile: "demo", revision: "a", revisionTags: ["x"] } }), [
        "istio.values.istiod.profile",
        "istio.values.istiod.revision",
        "istio.values.istiod.revisionTags",
      ]);
    });

    it("counts the chart's other way of writing, `pilot.x` for `x`", () => {
      assert.deepEqual(places({ istiod: { pilot: { revision: "a" } } }), ["istio.values.istiod.pilot.revision"]);
    });

    it("reports one place once", () => {
      assert.equal(check({ istiod: { pilot: { env: { PILOT_ENABLE_AMBIENT: "false" } } } }, ambient).length, 1);
    });

    it("never has tags by values: they would go to the canary too, and a tag lives in one release", () => {
      const values = { istiod: { revisionTags: ["prod"] } };
      const settings = { ...revisioned, values: { ...controlPlane().values, ...values } };
      assert.deepEqual(places(values, { settings }), ["istio.values.istiod.revisionTags"]);
    });

    it("cannot be told of an agent that is not there: the pods would have no init container either", () => {
      const enabled = { istiod: { cni: { enabled: true } } };
      assert.deepEqual(places(enabled), ["istio.values.istiod.cni.enabled"]);
      assert.deepEqual(places({ istiod: { pilot: { cni: { enabled: true } } } }), [
        "istio.values.istiod.pilot.cni.enabled",
      ]);
      assert.deepEqual(places({ istiod: { cni: { enabled: false } } }), []);
      assert.deepEqual(places(enabled, ambient), []);
      const settings = { sidecarCni: true, values: { ...controlPlane().values, ...enabled } };
      assert.deepEqual(places(enabled, { settings }), []);
      const off = { istiod: { cni: { enabled: false } } };
      assert.deepEqual(places(off, { settings: { ...settings, values: { ...controlPlane().values, ...off } } }), [
        "istio.values.istiod.cni.enabled",
      ]);
    });

    it("cannot have ambient switched off behind the profile's back", () => {
      const off = { env: { PILOT_ENABLE_AMBIENT: "false" } };
      assert.deepEqual(places({ istiod: off }, ambient), ["istio.values.istiod.env.PILOT_ENABLE_AMBIENT"]);
      assert.deepEqual(places({ istiod: { env: { PILOT_ENABLE_AMBIENT: "true" } } }, ambient), []);
      assert.deepEqual(places({ istiod: off }), []);
    });
  });

  describe("istio.meshConfig", () => {
    const strict = { security: security({ minimumTlsVersion: "TLSV1_3", trustDomain: "a.b", ownTrustDomain: true }) };

    it("may not contradict what security says, there or in the chart's values", () => {
      const meshConfig = { trustDomain: "c.d", meshMTLS: { minProtocolVersion: "TLSV1_2" }, enableTracing: true };
      assert.deepEqual(places({}, { ...strict, settings: { meshConfig } }), [
        "istio.meshConfig.trustDomain",
        "istio.meshConfig.meshMTLS.minProtocolVersion",
      ]);
      assert.deepEqual(places({ istiod: { meshConfig } }, strict), [
        "istio.values.istiod.meshConfig.trustDomain",
        "istio.values.istiod.meshConfig.meshMTLS.minProtocolVersion",
      ]);
    });

    it("may say the same, or anything where security says nothing", () => {
      const same = { trustDomain: "a.b", tlsDefaults: { minProtocolVersion: "TLSV1_3", ecdhCurves: ["X25519"] } };
      assert.deepEqual(places({}, { ...strict, settings: { meshConfig: same } }), []);
      assert.deepEqual(places({}, { settings: { meshConfig: { trustDomain: "c.d" } } }), []);
    });
  });

  describe("cni", () => {
    it("has the same profile as istiod, and ambient on", () => {
      assert.deepEqual(
        places({ cni: { profile: "stable", ambient: { enabled: false, dnsCapture: false } } }, ambient),
        ["istio.values.cni.profile", "istio.values.cni.ambient.enabled"],
      );
    });

    it("has no profile in sidecar mode, where it is free otherwise", () => {
      const values = { cni: { profile: "ambient", cniBinDir: "/bin" } };
      const settings = { sidecarCni: true, values: { ...controlPlane().values, ...values } };
      assert.deepEqual(places(values, { settings }), ["istio.values.cni.profile"]);
    });

    it("has nobody who reads its values where it is not installed", () => {
      assert.deepEqual(places({ cni: { profile: "ambient" } }), []);
    });
  });

  describe("ztunnel", () => {
    it("keeps its name, for which istiod trusts it, and asks the mesh's own control plane", () => {
      assert.deepEqual(places({ ztunnel: { resourceName: "z", istioNamespace: "mesh", profile: "demo" } }, ambient), [
        "istio.values.ztunnel.resourceName",
        "istio.values.ztunnel.profile",
        "istio.values.ztunnel.istioNamespace",
      ]);
    });
  });

  describe("gateway", () => {
    const one = { gateways: [gateway()] };

    it("makes no Service, so that nobody would read the rest of `service`", () => {
      assert.deepEqual(places({ gateway: { service: { type: "LoadBalancer" } } }, one), [
        "istio.values.gateway.service.type",
      ]);
      assert.deepEqual(places({ gateway: { service: { annotations: {}, "a.b": 1 } } }, one), [
        "istio.values.gateway.service.annotations",
        'istio.values.gateway.service["a.b"]',
      ]);
      assert.deepEqual(places({ gateway: { service: null } }, one), ["istio.values.gateway.service"]);
    });

    it("has its name and labels from the ingress, since Services and Gateways select by them", () => {
      const values = {
        gateway: { name: "x", labels: { istio: "y" }, kind: "DaemonSet", networkGateway: "n", revision: "r" },
      };
      assert.deepEqual(places(values, one).sort(), [
        "istio.values.gateway.kind",
        "istio.values.gateway.labels.istio",
        "istio.values.gateway.name",
        "istio.values.gateway.networkGateway",
        "istio.values.gateway.revision",
      ]);
    });

    it("has one set of values for all gateways: what contradicts two is told once", () => {
      const two = { gateways: [gateway(), gateway({ name: "b", selector: { app: "b", istio: "b" } })] };
      assert.deepEqual(places({ gateway: { labels: { istio: "y" } } }, two), ["istio.values.gateway.labels.istio"]);
    });

    it("quotes the labels of the user that have dots", () => {
      const labelled = { gateways: [gateway({ labels: { "a.b/c": "x" } })] };
      assert.deepEqual(places({ gateway: { labels: { "a.b/c": "y" } } }, labelled), [
        'istio.values.gateway.labels["a.b/c"]',
      ]);
    });
  });
});
