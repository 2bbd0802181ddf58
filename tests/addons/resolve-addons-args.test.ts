import assert from "node:assert/strict";
import type { AddonsArgs } from "../../components/addons/addons-args";
import type { AddonsContext } from "../../components/addons/addons-context";
import { resolveAddons } from "../../components/addons/resolve-addons-args";
import { placesOf } from "../support/settings";

const resolve = (args: AddonsArgs, traces: AddonsContext["traces"] = "jaeger") => resolveAddons(args, { traces });
const url = "http://there.monitoring";

describe("resolveAddons", () => {
  it("installs nothing where nothing is written", () => {
    const nothing = { prometheus: undefined, grafana: undefined, kiali: undefined, jaeger: undefined };
    assert.deepEqual(resolve({}), { settings: { ...nothing, cloudwatch: undefined }, problems: [], warnings: [] });
  });

  it("keeps metrics fifteen days and traces three, in no volume, in pods with limits", () => {
    const { prometheus, jaeger } = resolve({ prometheus: {}, jaeger: {} }).settings;
    assert.ok(prometheus?.kind === "installed");
    assert.deepEqual([prometheus.retention, prometheus.storage, prometheus.managed], ["15d", undefined, undefined]);
    assert.deepEqual([jaeger?.retention, jaeger?.storage], ["72h", undefined]);
    const { grafana, kiali } = resolve({ prometheus: {}, grafana: {}, kiali: {} }).settings;
    assert.ok(grafana?.kind === "installed" && grafana.dashboards);
    for (const addon of [prometheus, jaeger, grafana, kiali]) assert.match(JSON.stringify(addon?.resources), /limits/);
  });

  it("takes the user's words in place of all that", () => {
    const storage = { size: "50Gi", storageClass: "gp3" };
    const resources = { requests: { cpu: "1" } };
    const managedPrometheus = { endpoint: "https://e/", workspaceArn: "arn", region: "eu-west-1" };
    const { settings, problems } = resolve({
      prometheus: { retention: "1d", storage, resources, managedPrometheus, version: "1.2.3" },
      grafana: { storage, resources, dashboards: false },
      kiali: { resources },
      jaeger: { storage, resources, retention: "1h" },
      cloudwatch: { version: "v1", values: { a: 1 } },
    });
    assert.deepEqual(problems, []);
    const { prometheus, grafana, kiali, jaeger, cloudwatch } = settings;
    assert.ok(prometheus?.kind === "installed" && grafana?.kind === "installed");
    assert.deepEqual([prometheus.retention, prometheus.storage, prometheus.resources], ["1d", storage, resources]);
    assert.deepEqual([prometheus.managed, prometheus.chart.version], [managedPrometheus, "1.2.3"]);
    assert.deepEqual([grafana.storage, grafana.resources, grafana.dashboards], [storage, resources, false]);
    assert.deepEqual(kiali?.resources, resources);
    assert.deepEqual([jaeger?.storage, jaeger?.resources, jaeger?.retention], [storage, resources, "1h"]);
    assert.deepEqual(cloudwatch, { version: "v1", configuration: { a: 1 } });
  });

  it("uses what is there already, and installs neither", () => {
    const { settings, problems } = resolve({ prometheus: { url }, grafana: { url }, kiali: {} });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [settings.prometheus, settings.grafana],
      [
        { kind: "existing", url },
        { kind: "existing", url },
      ],
    );
    assert.deepEqual(placesOf(resolve({ prometheus: { url }, grafana: {} })), []);
  });

  it("refuses what has no metrics to show, and addresses that nobody goes to", () => {
    assert.deepEqual(placesOf(resolve({ grafana: {}, kiali: {} })), ["addons.grafana", "addons.kiali"]);
    assert.deepEqual(placesOf(resolve({ prometheus: { url } })), ["addons.prometheus.url"]);
    assert.deepEqual(placesOf(resolve({ prometheus: {}, grafana: { url } })), ["addons.grafana.url"]);
  });

  it("warns once of everything that forgets", () => {
    const { warnings } = resolve({ prometheus: {}, jaeger: {} });
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /^addons\.prometheus, addons\.jaeger: without storage/);
    assert.deepEqual(resolve({ prometheus: { url }, kiali: {} }).warnings, []);
    const storage = { size: "1Gi" };
    assert.deepEqual(resolve({ prometheus: { storage }, jaeger: { storage } }).warnings, []);
  });

  it("warns of a Jaeger to which nobody sends", () => {
    const jaeger = { storage: { size: "1Gi" } };
    assert.match(String(resolve({ jaeger }, "none").warnings), /telemetry\.tracing is not set/);
    assert.match(String(resolve({ jaeger }, "elsewhere").warnings), /leads elsewhere/);
  });
});
