import assert from "node:assert/strict";
import { chartFailures, knownCalls, unreachableCalls } from "../../components/control-plane/charts/chart-failures";
import { skip } from "./mocha-skip";
import { sharedChartTools } from "./sources/chart-tools";
import { callsIn, failCalls } from "./sources/chart-failures";
import { chartNames } from "./sources/chart-set";
import type { Block } from "./tree";

/** For each call that stops Helm, values that reach it. */
const reached: Readonly<Record<string, readonly Block[]>> = {
  "Setting with .default prefix found; remove it.": [{ defaults: { hub: "h" } }],
  "unknown profile": [{ profile: "production" }, { global: { profile: "default" } }],
  "unknown compatibility version": [{ compatibilityVersion: "1.99" }, { compatibilityVersion: 1.29 }],
  "unknown platform": [{ platform: "eks" }, { global: { platform: "eks" } }],
  " is removed": [
    { telemetry: { v2: { prometheus: { configOverride: { gateway: {} } } } } },
    { telemetry: { v2: { stackdriver: { disableOutbound: false } } } },
    ...["debug", "maxNumberOfAttributes", "maxNumberOfAnnotations", "maxNumberOfMessageEvents"].flatMap((key) => [
      { global: { tracer: { stackdriver: { [key]: 1 } } } },
      { meshConfig: { defaultConfig: { tracing: { stackdriver: { [key]: 1 } } } } },
    ]),
  ],
  "pilotCertProvider=kubernetes is not supported": [{ global: { pilotCertProvider: "kubernetes" } }],
};

/** Values near them that the charts take. */
const fine: readonly Block[] = [
  { defaults: {} },
  { platform: "gke" },
  { global: { platform: "k3s" } },
  { global: { profile: "demo" } },
  { compatibilityVersion: "1.30" },
];

describe("what stops Helm in the charts", () => {
  it("is known, every call of it", async function () {
    const tools = await sharedChartTools();
    if (typeof tools === "string") return skip(this, tools);
    for (const { version, charts } of tools.charts) {
      for (const chart of chartNames) {
        const known = [...knownCalls(chart), ...(chart === "gateway" ? unreachableCalls : [])];
        const unknown = failCalls(charts[chart]).filter((call) => !known.includes(call));
        assert.deepEqual(
          unknown,
          [],
          `${chart} ${version}: add a rule to components/control-plane/charts/chart-failures.ts`,
        );
      }
    }
  });

  for (const chart of chartNames) {
    it(`stops it at the values that the plan refuses: ${chart}`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      const set = tools.charts.at(-1);
      if (set === undefined) return skip(this, "no charts are at hand");
      const render = (values: Block) =>
        tools.render({ chart: set.charts[chart], release: chart, namespace: "istio-system", values });
      for (const call of knownCalls(chart)) {
        const all = reached[call] ?? [];
        assert.notEqual(all.length, 0, `no values reach: ${call}`);
        for (const values of all) {
          const text = JSON.stringify(values);
          await assert.rejects(
            () => render(values),
            new RegExp(`${call.replace(/[.=]/g, "\\$&")}|meet the specifications of the schema`),
            text,
          );
          assert.notEqual(chartFailures({ chart, version: set.version }, values).length, 0, text);
        }
      }
    });

    it(`does not stop it at values near them, nor does the plan refuse those: ${chart}`, async function () {
      const tools = await sharedChartTools();
      if (typeof tools === "string") return skip(this, tools);
      const set = tools.charts.at(-1);
      if (set === undefined) return skip(this, "no charts are at hand");
      // The gateway chart's schema refuses it, empty or not.
      for (const values of fine.filter((one) => chart !== "gateway" || one["defaults"] === undefined)) {
        await tools.render({ chart: set.charts[chart], release: chart, namespace: "istio-system", values });
        assert.deepEqual(chartFailures({ chart, version: set.version }, values), [], JSON.stringify(values));
      }
    });
  }
});

describe("callsIn", () => {
  it("finds calls in whatever form templates have them, and none in comments and plain text", () => {
    const template = [
      '{{ fail (cat "one" .) }}{{- fail "two" }}{{fail (print $dep " three")}}',
      '{{- $a := index .b .name | required (printf "four %s" .name) -}}',
      '{{/* fail "comment" */}} which will fail with "text" {{ .Values.failover }}',
    ].join("\n");
    assert.deepEqual(callsIn(template), ["one", "two", " three", "four %s"]);
  });
});
