import assert from "node:assert/strict";
import { addonsShape } from "../../components/addons/addons-args";
import { checkShape } from "../../components/inputs/shape";
import { placesOf } from "../support/settings";

const places = (given: unknown) => placesOf(checkShape(addonsShape, given));

describe("addonsShape", () => {
  it("takes an empty block for each", () => {
    assert.deepEqual(places({ prometheus: {}, grafana: {}, kiali: {}, jaeger: {}, cloudwatch: {} }), []);
  });

  it("takes every member, and addresses that are known only later", () => {
    const storage = { size: "50Gi", storageClass: "gp3" };
    const resources = { requests: { cpu: "1" } };
    const chart = { version: "1.0.0", values: {}, chartRepository: "oci://x/y", resources };
    const managedPrometheus = {
      endpoint: Promise.resolve("later"),
      workspaceArn: Promise.resolve("later"),
      region: "eu-west-1",
    };
    assert.deepEqual(
      places({
        prometheus: { ...chart, storage, retention: "7d", managedPrometheus, url: Promise.resolve("later") },
        grafana: { ...chart, storage, dashboards: false, url: "https://grafana.example.com" },
        kiali: chart,
        jaeger: { ...chart, storage, retention: "72h" },
        cloudwatch: { version: "v4.3.1-eksbuild.1", values: {} },
      }),
      [],
    );
  });
});
