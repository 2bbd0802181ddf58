import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import type { IstioArgs } from "../../../components/control-plane/args/istio-args";
import {
  checkInstalled,
  installedNames,
  resolveIstio,
} from "../../../components/control-plane/args/resolve-istio-args";
import { controlPlane, onlyProblem, placesOf, unrevisioned } from "../../support/settings";

const canary = { version: defaultIstioVersion, revision: "1-31-1" };
const sidecar = (istio: IstioArgs) => resolveIstio(istio, {}, "sidecar");
const suggestions = (istio: IstioArgs) =>
  sidecar(istio).problems.map(({ path, suggestion }) => `${path}: ${suggestion}`);

describe("resolveIstio", () => {
  it("installs the default version, unrevisioned, from the addresses that stay available after 2026", () => {
    const { settings, problems, warnings } = sidecar({});
    assert.deepEqual([problems, warnings], [[], []]);
    assert.equal(settings.profile, "default");
    assert.deepEqual(settings.main, { version: defaultIstioVersion, revision: "", tags: [] });
    assert.equal(settings.canary, undefined);
    assert.equal(settings.namespace, "istio-system");
    assert.equal(settings.repository, "https://blob.istio.io/istio-release/charts");
    assert.equal(settings.hub, "docker.io/istio");
    assert.deepEqual(settings.meshConfig, {});
    assert.deepEqual(settings.values, { base: {}, istiod: {}, cni: {}, ztunnel: {}, gateway: {} });
    assert.equal(settings.sidecarCni, false);
    assert.deepEqual([settings.minReplicas, settings.maxReplicas], [2, 5]);
  });

  it("keeps what is given", () => {
    const { settings, problems } = resolveIstio(
      {
        version: "1.30.4",
        profile: "preview",
        revision: "a",
        revisionTags: ["prod"],
        namespace: "mesh",
        chartRepository: "oci://r/charts",
        imageHub: "r/istio",
        meshConfig: { accessLogFile: "/dev/stdout" },
        values: { istiod: { env: {} } },
        sidecarCni: true,
        canary: { ...canary, revisionTags: ["next"] },
      },
      { minReplicas: 3 },
      "sidecar",
    );
    assert.deepEqual(problems, []);
    assert.equal(settings.profile, "preview");
    assert.deepEqual(settings.main, { version: "1.30.4", revision: "a", tags: ["prod"] });
    assert.deepEqual(settings.canary, { ...canary, tags: ["next"] });
    assert.deepEqual(
      [settings.namespace, settings.repository, settings.hub, settings.sidecarCni, settings.minReplicas],
      ["mesh", "oci://r/charts", "r/istio", true, 3],
    );
    assert.deepEqual(settings.meshConfig, { accessLogFile: "/dev/stdout" });
    assert.deepEqual(settings.values.istiod, { env: {} });
  });

  it("takes a chart's values that a TypeScript program leaves undefined for none", () => {
    const values = { istiod: undefined, gateway: undefined } as unknown as NonNullable<IstioArgs["values"]>;
    assert.deepEqual(sidecar({ values }).settings.values, { base: {}, istiod: {}, cni: {}, ztunnel: {}, gateway: {} });
  });

  it("reports the control plane's own problems too", () => {
    assert.deepEqual(placesOf(resolveIstio({}, { minReplicas: 9, maxReplicas: 2 }, "sidecar")), [
      "controlPlane.minReplicas",
    ]);
  });

  it("refuses sidecarCni in ambient mode, which always has the agent; saying `false` there is no mistake", () => {
    assert.deepEqual(placesOf(resolveIstio({ sidecarCni: true }, {}, "ambient")), ["istio.sidecarCni"]);
    assert.deepEqual(placesOf(resolveIstio({ sidecarCni: false }, {}, "ambient")), []);
  });

  describe("profiles", () => {
    it("refuses those of sidecar mode in ambient mode: the charts take one profile, and ambient is one", () => {
      for (const profile of ["preview", "remote"] as const) {
        const args: IstioArgs = { profile, values: { istiod: { global: { remotePilotAddress: "10.0.0.1" } } } };
        assert.deepEqual(placesOf(resolveIstio(args, {}, "ambient")), ["istio.profile"]);
        assert.deepEqual(placesOf(resolveIstio(args, {}, "sidecar")), []);
      }
      for (const profile of ["default", "minimal", "empty"] as const) {
        assert.deepEqual(placesOf(resolveIstio({ profile }, {}, "ambient")), [], profile);
      }
    });

    it("wants of profile remote the address of the control plane elsewhere", () => {
      assert.equal(onlyProblem(sidecar({ profile: "remote" })).path, "istio.values.istiod");
      assert.equal(
        onlyProblem(sidecar({ profile: "remote", values: { istiod: { env: {} } } })).path,
        "istio.values.istiod",
      );
      const addresses = [
        { global: { remotePilotAddress: "10.0.0.1" } },
        { istiodRemote: { injectionURL: "https://x" } },
      ];
      for (const istiod of addresses)
        assert.deepEqual(placesOf(sidecar({ profile: "remote", values: { istiod } })), []);
    });

    it("takes that address as an Output, as another cluster's program gives it", () => {
      const istiod = { global: { remotePilotAddress: pulumi.output("10.0.0.1") } };
      assert.deepEqual(placesOf(sidecar({ profile: "remote", values: { istiod } })), []);
    });

    it("presets one small istiod in demo, and warns once that it is not for production", () => {
      const { settings, problems, warnings } = sidecar({ profile: "demo" });
      assert.deepEqual([settings.minReplicas, settings.maxReplicas, problems], [1, 1, []]);
      assert.equal(warnings.length, 1);
      assert.match(String(warnings), /^istio\.profile: "demo" is for trying things out, not for production/);
    });

    it("refuses beside profile empty whatever a chart would have read", () => {
      const args: IstioArgs = {
        profile: "empty",
        canary,
        meshConfig: {},
        values: {},
        chartRepository: "x",
        imageHub: "x",
        revisionTags: [],
        sidecarCni: false,
      };
      assert.deepEqual(placesOf(sidecar(args)), [
        "istio.canary",
        "istio.meshConfig",
        "istio.values",
        "istio.chartRepository",
        "istio.imageHub",
        "istio.revisionTags",
        "istio.sidecarCni",
      ]);
    });

    it("lets profile empty say which control plane someone else runs", () => {
      assert.deepEqual(
        placesOf(sidecar({ profile: "empty", version: "1.30.4", revision: "a", namespace: "mesh" })),
        [],
      );
    });
  });

  describe("revisions", () => {
    it("refuses the name default, which is Istio's for the unrevisioned control plane", () => {
      assert.deepEqual(placesOf(sidecar({ revision: "default" })), ["istio.revision"]);
      assert.deepEqual(placesOf(sidecar({ canary: { ...canary, revision: "default" } })), ["istio.canary.revision"]);
    });

    it("wants another revision for the canary, and suggests its version", () => {
      assert.deepEqual(suggestions({ revision: canary.revision, canary }), [
        'istio.canary.revision: name it after its version: "1-31-4"',
      ]);
    });

    it("takes steps of up to two minors in either direction, the widest that Istio supports", () => {
      const step = (version: string, to: string) => placesOf(sidecar({ version, canary: { ...canary, version: to } }));
      assert.deepEqual(step("1.29.6", "1.31.1"), []);
      assert.deepEqual(step("1.31.1", "1.29.6"), []);
      assert.deepEqual(step("1.28.10", "1.31.1"), ["istio.canary.version"]);
      assert.deepEqual(step("1.31.1", "1.28.10"), ["istio.canary.version"]);
    });
  });

  describe("tags", () => {
    it("keeps each tag in exactly one control plane: two releases cannot own one webhook", () => {
      const args = { revision: "a", revisionTags: ["prod"], canary: { ...canary, revisionTags: ["next", "prod"] } };
      assert.deepEqual(suggestions(args), ["istio.canary.revisionTags[1]: remove it from one of the two"]);
    });

    it("refuses a tag named like a revision, the other control plane's too", () => {
      assert.deepEqual(placesOf(sidecar({ revision: "a", revisionTags: ["a", "1-31-1"], canary })), [
        "istio.revisionTags[0]",
        "istio.revisionTags[1]",
      ]);
      assert.deepEqual(placesOf(sidecar({ revision: "a", canary: { ...canary, revisionTags: ["a"] } })), [
        "istio.canary.revisionTags[0]",
      ]);
    });

    it("refuses tag default beside the unrevisioned control plane: both would inject, and the old one would win", () => {
      assert.deepEqual(placesOf(sidecar({ revisionTags: ["default"] })), ["istio.revisionTags[0]"]);
      assert.deepEqual(placesOf(sidecar({ canary: { ...canary, revisionTags: ["default"] } })), [
        "istio.canary.revisionTags[0]",
      ]);
      assert.deepEqual(placesOf(sidecar({ revision: "a", revisionTags: ["default"] })), []);
    });

    it("refuses a tag twice in one list", () => {
      assert.deepEqual(placesOf(sidecar({ revision: "a", revisionTags: ["prod", "prod"] })), ["istio.revisionTags[1]"]);
      assert.deepEqual(placesOf(sidecar({ canary: { ...canary, revisionTags: ["x", "x"] } })), [
        "istio.canary.revisionTags[1]",
      ]);
    });
  });

  describe("warnings", () => {
    it("says what is not known of charts that nobody has rendered, also of those newer than the table", () => {
      for (const version of ["1.32.0", "1.33.2"]) {
        const [warning, ...more] = sidecar({ version }).warnings;
        assert.deepEqual(more, []);
        const minor = version.slice(0, 4);
        assert.match(
          String(warning),
          new RegExp(`^istio\\.version: .*not tested with the charts of Istio ${minor}, and`),
        );
      }
      assert.equal(sidecar({ canary: { ...canary, version: "1.33.0" } }).warnings.length, 1);
    });

    it("names each version that Istio fixes no longer, since when, and where to go", () => {
      const { warnings } = sidecar({ version: "1.28.10", canary: { ...canary, version: "1.29.6" } });
      assert.deepEqual(warnings, [
        'istio.version: Istio no longer supports 1.28 (since 2026-07-01); move to "1.30.8" or "1.31.4".',
        'istio.canary.version: Istio no longer supports 1.29 (since 2026-08-31); move to "1.30.8" or "1.31.4".',
      ]);
    });

    it("is silent about versions in support", () => {
      assert.deepEqual(sidecar({ version: "1.30.4", canary }).warnings, []);
    });

    it("says what a single istiod means: while it restarts no pod is injected", () => {
      const warnings = (profile: "default" | "empty", minReplicas: number) =>
        resolveIstio({ profile }, { minReplicas }, "sidecar").warnings;
      assert.match(warnings("default", 1).join(), /^controlPlane\.minReplicas: with one istiod no pod can be injected/);
      assert.deepEqual(warnings("default", 2), []);
      assert.deepEqual(warnings("empty", 1), []);
    });
  });
});

describe("installedNames", () => {
  it("counts the revisions and tags of both control planes; the unrevisioned one has no name to follow", () => {
    assert.deepEqual(installedNames(controlPlane()), []);
    assert.deepEqual(installedNames(controlPlane({ main: { ...unrevisioned, tags: ["prod"] } })), ["prod"]);
    const main = { ...unrevisioned, revision: "a", tags: ["prod"] };
    assert.deepEqual(installedNames(controlPlane({ main, canary: { ...canary, tags: ["next"] } })), [
      "a",
      "prod",
      "1-31-1",
      "next",
    ]);
  });
});

describe("checkInstalled", () => {
  const main = { ...unrevisioned, revision: "a", tags: ["prod"] };

  it("refuses a revision that nobody installed: no webhook would match, and no pod be injected", () => {
    assert.deepEqual(checkInstalled("b", "namespaces.shop.revision", controlPlane({ main })), [
      {
        path: "namespaces.shop.revision",
        given: '"b"',
        allowed: 'a revision or tag that is installed: "a" or "prod"',
        suggestion: "correct the name, or add it to istio.revisionTags",
      },
    ]);
    assert.deepEqual(checkInstalled("prod", "p", controlPlane({ main })), []);
  });

  it("cannot know what is installed by someone else", () => {
    assert.deepEqual(checkInstalled("b", "p", controlPlane({ main, profile: "empty" })), []);
  });
});
