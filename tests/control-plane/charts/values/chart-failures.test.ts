import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  chartFailures,
  knownCalls,
  unreachableCalls,
} from "../../../../components/control-plane/charts/values/chart-failures";
import { chartFilesOf, chartKeysTables } from "../../../../components/control-plane/charts/values/chart-keys";
import type { Tree } from "../../../../components/plan/input-value";
import type { ChartName } from "../../../../components/plan/enums";

const version = "1.31.1";
const failures = (values: Tree, chart: ChartName = "istiod", of = version) =>
  chartFailures({ chart, version: of }, values).map(({ path }) => path.join("."));
const only = (values: Tree) => chartFailures({ chart: "base", version }, values)[0];

describe("chartFailures", () => {
  it("finds what the key tables list: a rule for each call that stops Helm, or the reason why none is needed", () => {
    for (const { minor, charts } of chartKeysTables) {
      for (const [chart, { fails = {} }] of Object.entries(charts)) {
        const unknown = Object.keys(fails).filter(
          (call) =>
            !knownCalls(chart as ChartName).includes(call) && !(chart === "gateway" && unreachableCalls.includes(call)),
        );
        assert.deepEqual(unknown, [], `${minor} ${chart}`);
      }
    }
  });

  it("finds nothing in what the charts take", () => {
    const fine: readonly Tree[] = [
      ...[{}, { defaults: {} }, { defaults: null }, { global: { profile: "remote" } }],
      ...[{ platform: "gke" }, { global: { platform: "" } }, { compatibilityVersion: "1.30" }, { global: "text" }],
      ...[{ global: { pilotCertProvider: "istiod" } }, { telemetry: { v2: { prometheus: { configOverride: null } } } }],
    ];
    for (const values of fine) assert.deepEqual(failures(values), [], JSON.stringify(values));
  });

  it("finds names of files that the chart does not have, at both places where it looks for them", () => {
    assert.deepEqual(failures({ platform: "eks", global: { platform: "eks" } }), ["platform", "global.platform"]);
    assert.deepEqual(failures({ profile: "production", global: { profile: "default" } }), [
      "profile",
      "global.profile",
    ]);
    assert.deepEqual(failures({ compatibilityVersion: "1.31" }), ["compatibilityVersion"]);
  });

  it("says what there is, and what was probably meant", () => {
    const { allowed, suggestion } = only({ platform: "openshfit" }) ?? {};
    assert.match(String(allowed), /^one of "gke", .*"openshift", in quotes: the chart fails/);
    assert.equal(suggestion, 'did you mean "openshift"?');
    assert.equal(only({ platform: "eks-anywhere" })?.suggestion, "remove it");
  });

  it("finds a number where the chart wants a text: YAML reads 1.30 as 1.3, and Helm prints no number into a name", () => {
    assert.deepEqual(failures({ compatibilityVersion: 1.29 }), ["compatibilityVersion"]);
    assert.equal(only({ compatibilityVersion: 1.29 })?.suggestion, 'did you mean "1.29"?');
    assert.deepEqual(failures({ platform: ["gke"] }), ["platform"]);
  });

  it("leaves alone what is known later", () => {
    assert.deepEqual(failures({ platform: pulumi.output("eks") }), []);
  });

  it("finds defaults; of the gateway chart its schema refuses them", () => {
    for (const chart of ["base", "istiod", "cni", "ztunnel"] as const) {
      assert.deepEqual(failures({ defaults: { hub: "h" } }, chart), ["defaults"]);
    }
    assert.deepEqual(failures({ defaults: { hub: "h" } }, "gateway"), []);
  });

  it("finds what istiod's chart has removed, and only there", () => {
    const values = {
      telemetry: { v2: { prometheus: { configOverride: {} }, stackdriver: { disableOutbound: false } } },
      global: { pilotCertProvider: "kubernetes", tracer: { stackdriver: { debug: true } } },
      meshConfig: { defaultConfig: { tracing: { stackdriver: { maxNumberOfAttributes: 2 } } } },
    };
    assert.deepEqual(failures(values), [
      ...["telemetry.v2.prometheus.configOverride", "telemetry.v2.stackdriver.disableOutbound"],
      ...["global.tracer.stackdriver.debug", "meshConfig.defaultConfig.tracing.stackdriver.maxNumberOfAttributes"],
      "global.pilotCertProvider",
    ]);
    assert.deepEqual(failures(values, "base"), []);
  });
});

describe("chartFilesOf", () => {
  it("has the files of the charts that were read", () => {
    assert.deepEqual(chartFilesOf("1.31.0").compatibilityVersion, ["1.25", "1.26", "1.27", "1.28", "1.29", "1.30"]);
  });

  it("takes of older charts every minor before their own, and the newest charts' platforms", () => {
    const { compatibilityVersion, platform } = chartFilesOf("1.28.3");
    assert.deepEqual([compatibilityVersion[0], compatibilityVersion.at(-1)], ["1.20", "1.27"]);
    assert.deepEqual(platform, chartFilesOf("1.31.0").platform);
  });
});
