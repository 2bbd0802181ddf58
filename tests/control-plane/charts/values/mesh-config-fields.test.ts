import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  isUnlisted,
  meshConfigMinor,
  unknownMeshConfigFields,
} from "../../../../components/control-plane/charts/values/mesh-config-fields";

const unknown = (config: object) => unknownMeshConfigFields(config).map(({ path, near }) => [path.join("."), near]);

describe("unknownMeshConfigFields", () => {
  it("finds fields at any depth, in lists and in maps, with the field that was meant", () => {
    assert.deepEqual(unknown({ acessLogFile: "/dev/stdout" }), [["acessLogFile", "accessLogFile"]]);
    assert.deepEqual(
      unknown({ defaultConfig: { holdApplicationUntilProxyStart: true, proxyMetadata: { ANY: "1" } } }),
      [["defaultConfig.holdApplicationUntilProxyStart", "holdApplicationUntilProxyStarts"]],
    );
    assert.deepEqual(unknown({ extensionProviders: [{ name: "a", zipkin: { port: 9411, servise: "x" } }] }), [
      ["extensionProviders.0.zipkin.servise", "service"],
    ]);
    assert.deepEqual(unknown({ qqqqqqqqqqq: 1, constructor: {} }), [
      ["qqqqqqqqqqq", undefined],
      ["constructor", undefined],
    ]);
  });

  it("finds nothing in what Istio's own documentation writes", () => {
    const config = {
      accessLogFile: "/dev/stdout",
      default_config: { hold_application_until_proxy_starts: true },
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      discoverySelectors: [{ matchLabels: { team: "a" } }, { matchExpressions: [{ key: "a", operator: "Exists" }] }],
      localityLbSetting: { failover: [{ from: "a", to: "b" }] },
      defaultHttpRetryPolicy: { attempts: 0 },
      h2UpgradePolicy: "UPGRADE",
      enableTracing: { not: "a boolean" },
      extensionProviders: [
        { name: "a", envoyFileAccessLog: { path: "/dev/stdout", logFormat: { labels: { any: "%A%" } } } },
      ],
    };
    assert.deepEqual(unknown(config), []);
  });

  it("does not read an Output, nor a list of plain values", () => {
    assert.deepEqual(unknown({ defaultConfig: pulumi.output({ qqq: 1 }), trustDomainAliases: ["a"] }), []);
  });
});

describe("isUnlisted", () => {
  it("is true of a minor after the list's", () => {
    assert.deepEqual([`${meshConfigMinor}.9`, "1.28.0", "1.99.0"].map(isUnlisted), [false, false, true]);
  });
});
