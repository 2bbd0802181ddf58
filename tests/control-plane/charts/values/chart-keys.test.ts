import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { chartKeysTables, unreadKeys } from "../../../../components/control-plane/charts/values/chart-keys";
import { istioMinors } from "../../../../components/control-plane/charts/versions";
import type { ChartName } from "../../../../components/plan/enums";

const newest = "1.31.1";
const unread = (chart: ChartName, values: unknown, version = newest) => unreadKeys(chart, version, values);
const paths = (...args: Parameters<typeof unread>) => unread(...args).map(({ path }) => path.join("."));
const hint = (...args: Parameters<typeof unread>) => unread(...args)[0]?.hint;

describe("unreadKeys", () => {
  it("finds a key that is misspelt at any depth, and guesses which was meant", () => {
    assert.deepEqual(unread("istiod", { autoscaleMn: 3 }), [
      { path: ["autoscaleMn"], value: 3, hint: "did you mean `autoscaleMin`?", refused: false },
    ]);
    assert.equal(hint("istiod", { global: { proxy: { resource: {} } } }), "did you mean `global.proxy.resources`?");
    assert.deepEqual(paths("istiod", { resources: { request: { cpu: "1" } } }), ["resources.request"]);
    assert.deepEqual(paths("cni", { ambient: { enable: true, ipv6: false } }), ["ambient.enable"]);
  });

  it("finds a key that stands at the wrong place, and says where the chart has it", () => {
    assert.equal(hint("istiod", { proxy: { holdApplicationUntilProxyStarts: true } }), "did you mean `global.proxy`?");
    assert.equal(hint("istiod", { global: { nodeSelector: {} } }), "did you mean `global.waypoint.nodeSelector`?");
  });

  it("says what has taken the place of a key that older charts read", () => {
    assert.equal(hint("istiod", { global: { enableTracing: true } }), "use meshConfig.enableTracing instead.");
  });

  it("has no guess where nothing is near", () => {
    assert.equal(hint("base", { zzzzzzzzzzzzzz: 1 }), undefined);
  });

  it("leaves open what the chart writes out whole: environments, annotations, mesh configuration", () => {
    const istiod = {
      env: { ANYTHING: "1" },
      podAnnotations: { "a.b/c": "d" },
      meshConfig: { any: { thing: 1 } },
      tolerations: [{ key: "k" }],
      gatewayClasses: { istio: { deployment: { spec: { replicas: 2 } } } },
    };
    assert.deepEqual(paths("istiod", istiod), []);
    assert.deepEqual(paths("gateway", { labels: { any: "thing" }, podAnnotations: { a: "b" } }), []);
  });

  it("knows the blocks that a chart flattens", () => {
    assert.deepEqual(paths("istiod", { pilot: { autoscaleMin: 2, env: { A: "1" } } }), []);
    assert.deepEqual(paths("istiod", { pilot: { autoscaleMn: 2 } }), ["pilot.autoscaleMn"]);
    assert.deepEqual(paths("cni", { cni: { ambient: { enabled: true } } }), []);
    assert.deepEqual(paths("ztunnel", { global: { hub: "h", network: "n", caAddress: "a" } }), []);
    assert.deepEqual(paths("istiod", { hub: "h", cni: { cni: 1 } }), ["cni.cni"]);
  });

  it("reports what the gateway chart's schema refuses from what it only does not read", () => {
    const refused = (values: object) => unread("gateway", values).map(({ path, refused: is }) => [path.join("."), is]);
    assert.deepEqual(refused({ meshConfig: {} }), [["meshConfig", true]]);
    assert.deepEqual(refused({ runAsRoot: true }), [["runAsRoot", false]]);
    assert.deepEqual(refused({ service: { kind: "x" } }), [["service.kind", false]]);
  });

  it("asks the charts of the very minor: a key comes with one release and goes with another", () => {
    const { peerCaCrl, networkPolicy } = { peerCaCrl: { enabled: true }, networkPolicy: { enabled: true } };
    assert.deepEqual(paths("ztunnel", { global: { networkPolicy } }, "1.28.0"), ["global.networkPolicy"]);
    assert.deepEqual(paths("ztunnel", { global: { networkPolicy } }, "1.29.0"), []);
    assert.deepEqual(paths("ztunnel", { peerCaCrl }, "1.28.0"), ["peerCaCrl"]);
  });

  it("compares values for a minor newer than the tables with the newest of them", () => {
    assert.deepEqual(paths("istiod", { nothing: 1 }, "1.99.0"), ["nothing"]);
  });

  it("says nothing of an older minor than the tables', and of values that are no block", () => {
    assert.deepEqual(paths("istiod", { nothing: 1 }, "1.27.0"), []);
    assert.deepEqual(paths("istiod", undefined), []);
  });

  it("takes a value that is not known yet for what its key is", () => {
    assert.deepEqual(paths("istiod", { global: { hub: Promise.resolve("h") } }), []);
  });
});

describe("the tables of keys", () => {
  const minors = chartKeysTables.map(({ minor }) => minor);

  it("are there for each minor of the versions table: npm run chart-keys makes them", () => {
    assert.deepEqual(
      minors,
      istioMinors.map(({ minor }) => minor),
    );
  });

  it("are all in use", () => {
    const files = readdirSync(join(__dirname, "../../../../components/control-plane/charts/values/keys"));
    assert.deepEqual(
      files,
      minors.map((minor) => `${minor}.json`),
    );
  });

  it("name the very charts that they are made from", () => {
    for (const { source, charts } of chartKeysTables) {
      assert.match(source, /^\S+ \S*\d/);
      assert.deepEqual(Object.keys(charts), ["base", "istiod", "cni", "ztunnel", "gateway"]);
    }
  });
});
