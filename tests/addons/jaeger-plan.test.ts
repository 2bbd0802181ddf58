import assert from "node:assert/strict";
import { jaegerCollectorAddress, planJaeger, planJaegerVolume } from "../../components/addons/jaeger-plan";
import { valueAt } from "../../components/inputs/path";
import type { JaegerSettings } from "../../components/plan/addon-settings";

const chart = { chart: "jaeger", version: "1.0.0", repository: "https://charts.example.com", values: {} };
const storage = { size: "20Gi", storageClass: undefined };
const usual: JaegerSettings = { kind: "installed", chart, retention: "72h", storage: undefined, resources: {} };
const plan = (settings: Partial<JaegerSettings> = {}) => planJaeger({ ...usual, ...settings });

describe("planJaeger", () => {
  it("is found at the Service that its chart makes", () => {
    assert.deepEqual(jaegerCollectorAddress("mesh"), { service: "jaeger.mesh.svc.cluster.local", port: 4317 });
    assert.deepEqual(plan().required, { fullnameOverride: "jaeger" });
  });

  it("keeps traces in memory by its own configuration, and listens for others", () => {
    const { defaults, after } = plan();
    assert.equal(defaults["userconfig"], undefined);
    assert.deepEqual(valueAt(defaults, ["jaeger", "extraEnv", 0]), { name: "JAEGER_LISTEN_HOST", value: "0.0.0.0" });
    assert.deepEqual(after, []);
  });

  it("keeps them in a volume as long as it is told", () => {
    const { defaults, after } = plan({ storage, retention: "24h" });
    const backend = ["userconfig", "extensions", "jaeger_storage", "backends", "kept", "badger"];
    assert.deepEqual(valueAt(defaults, [...backend, "ttl"]), { spans: "24h" });
    const keys = String(valueAt(defaults, [...backend, "directories", "keys"]));
    assert.ok(keys.startsWith(String(valueAt(defaults, ["jaeger", "extraVolumeMounts", 0, "mountPath"]))));
    assert.deepEqual(after, ["volume-claim-jaeger"]);
  });

  it("mounts the volume that is made for it", () => {
    const volume = planJaegerVolume({ size: "20Gi", storageClass: "gp3" }, { namespace: "mesh", after: ["istiod"] });
    const claim = valueAt(plan({ storage }).defaults, [
      "jaeger",
      "extraVolumes",
      0,
      "persistentVolumeClaim",
      "claimName",
    ]);
    assert.equal(volume.metadata.name, claim);
    assert.deepEqual([volume.metadata.namespace, volume.after], ["mesh", ["istiod"]]);
    assert.deepEqual(volume.body["spec"], {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "20Gi" } },
      storageClassName: "gp3",
    });
  });

  it("waits for no volume, which is made only when its pod comes", () => {
    const { metadata, body } = planJaegerVolume(storage, { namespace: "mesh", after: [] });
    assert.deepEqual(metadata.annotations, { "pulumi.com/skipAwait": "true" });
    assert.equal(valueAt(body, ["spec", "storageClassName"]), undefined);
  });
});
