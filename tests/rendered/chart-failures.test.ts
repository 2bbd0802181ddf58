import assert from "node:assert/strict";
import {
  chartFailures,
  knownCalls,
  unreachableCalls,
} from "../../components/control-plane/charts/values/chart-failures";
import { chartKeysTables, refusedGatewayValues } from "../../components/control-plane/charts/values/chart-keys";
import { skip } from "./mocha-skip";
import { sharedChartTools } from "./sources/chart-tools";
import { callsIn, failCalls } from "./sources/chart-failures";
import { chartNames, minorText } from "./sources/chart-set";
import { valueSchemaOf } from "./sources/value-schema";
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
          `${chart} ${version}: add a rule to components/control-plane/charts/values/chart-failures.ts`,
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

/** For each kind of rule in the gateway chart's schema, a value that breaks it and one that does not. */
const typed: readonly (readonly [Block, Block])[] = [
  [{ replicaCount: "3" }, { replicaCount: 3 }],
  [{ replicaCount: 1.5 }, { replicaCount: null }],
  [{ runAsRoot: "true" }, { runAsRoot: true }],
  [{ terminationGracePeriodSeconds: "60" }, { terminationGracePeriodSeconds: 60.5 }],
  [{ affinity: null }, { affinity: {} }],
  [{ tolerations: {} }, { tolerations: [] }],
  [{ imagePullPolicy: "always" }, { imagePullPolicy: "Always" }],
  [{ unprivilegedPort: "true" }, { unprivilegedPort: "auto" }],
  [{ podAnnotations: { "prometheus.io/port": 15020 } }, { podAnnotations: { "prometheus.io/port": "15020" } }],
  [{ resources: { limits: { cpu: 2 } } }, { resources: { limits: { cpu: null } } }],
  [{ annotations: { team: true } }, { annotations: { team: 1 } }],
  [{ volumes: [{ name: "a" }, "b"] }, { volumes: [{ name: "a", emptyDir: {} }] }],
  [{ networkGatewayPorts: { status: {} } }, { networkGatewayPorts: { status: { port: 15021 } } }],
];

describe("the gateway chart's schema", () => {
  it("stops Helm at the values that the plan refuses, and at no others", async function () {
    const tools = await sharedChartTools();
    if (typeof tools === "string") return skip(this, tools);
    for (const { version, charts } of tools.charts) {
      const render = (values: Block) =>
        tools.render({ chart: charts.gateway, release: "gateway", namespace: "istio-ingress", values });
      for (const [wrong, right] of typed.filter(([{ networkGatewayPorts: ports }]) => !ports || !isOlder(version))) {
        await assert.rejects(() => render(wrong), /meet the specifications of the schema/, JSON.stringify(wrong));
        assert.equal(refusedGatewayValues(version, wrong).length, 1, JSON.stringify(wrong));
        await render(right);
        assert.deepEqual(refusedGatewayValues(version, right), [], JSON.stringify(right));
      }
    }
  });

  it("is in the table as the chart has it", async function () {
    const tools = await sharedChartTools();
    if (typeof tools === "string") return skip(this, tools);
    for (const { version, charts } of tools.charts) {
      const table = chartKeysTables.find(({ minor }) => minor === minorText(version));
      const own = chartNames.map((chart) => [chart, valueSchemaOf(charts[chart])]);
      assert.deepEqual(
        chartNames.map((chart) => [chart, table?.charts[chart]?.schema]),
        own,
        `${version}: npm run chart-keys`,
      );
    }
  });
});

/** The key came with 1.30. */
function isOlder(version: string): boolean {
  return ["1.28", "1.29"].includes(minorText(version));
}

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
