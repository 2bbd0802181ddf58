import assert from "node:assert/strict";
import { valuesOfManifests } from "../../../cli/adopt/control-plane/control-plane-args";

const plane = { namespace: "istio-system", revision: "", version: "1.31.1", hub: "", tags: [], release: undefined };
/** As istioctl 1.31 leaves it. */
const usual = `
defaultConfig:
  discoveryAddress: istiod.istio-system.svc:15012
defaultProviders:
  metrics:
  - prometheus
enablePrometheusMerge: true
rootNamespace: istio-system
trustDomain: cluster.local
`;
const read = (mesh: string, name = "istio") =>
  valuesOfManifests([{ metadata: { name, namespace: "istio-system" }, data: { mesh } }], plane);

describe("The mesh configuration of a control plane without a release", () => {
  it("is nothing where the chart would write the same, and where there is none", () => {
    assert.deepEqual(read(usual), {});
    assert.deepEqual(read(usual, "istio-other"), {});
    assert.deepEqual(read("defaultConfig: null\ncaCertificates: []\n"), {});
  });

  it("keeps what a user wrote: other identities, providers and settings of proxies would be lost at the first up", () => {
    const own = usual
      .replace("cluster.local", "mesh.example.com")
      .replace("defaultConfig:", "defaultConfig:\n  holdApplicationUntilProxyStarts: true")
      .replace("rootNamespace: istio-system", "rootNamespace: istio-config");
    assert.deepEqual(
      read(`${own}accessLogFile: /dev/stdout\nextensionProviders: [{ name: otel, opentelemetry: { port: 1 } }]\n`),
      {
        meshConfig: {
          ...{ trustDomain: "mesh.example.com", rootNamespace: "istio-config", accessLogFile: "/dev/stdout" },
          extensionProviders: [{ name: "otel", opentelemetry: { port: 1 } }],
          defaultConfig: { holdApplicationUntilProxyStarts: true },
        },
      },
    );
  });
});
