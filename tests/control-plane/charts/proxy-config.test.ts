import assert from "node:assert/strict";
import {
  mergeProxyConfig,
  proxyConfigAnnotation,
  proxyConfigKey,
  readProxyConfig,
} from "../../../components/control-plane/charts/proxy-config";

const config = (annotations: object) =>
  JSON.parse(String((annotations as Readonly<Record<string, string>>)[proxyConfigKey])) as unknown;

describe("proxyConfigAnnotation", () => {
  it("is one annotation for everything that configures the proxy", () => {
    const annotations = proxyConfigAnnotation(
      { gatewayTopology: { numTrustedProxies: 1 } },
      { terminationDrainDuration: "60s", gatewayTopology: { proxyProtocol: {} } },
    );
    assert.deepEqual(Object.keys(annotations), ["proxy.istio.io/config"]);
    assert.deepEqual(config(annotations), {
      gatewayTopology: { numTrustedProxies: 1, proxyProtocol: {} },
      terminationDrainDuration: "60s",
    });
  });

  it("is none where nothing configures it", () => assert.deepEqual(proxyConfigAnnotation({}, {}), {}));
});

describe("readProxyConfig", () => {
  it("reads YAML and JSON", () => {
    assert.deepEqual(readProxyConfig("concurrency: 2\n"), { concurrency: 2 });
    assert.deepEqual(readProxyConfig('{"concurrency":2}'), { concurrency: 2 });
  });

  it("reads nothing else", () => {
    for (const other of [undefined, { concurrency: 2 }, "- a", "a: [", "2"])
      assert.equal(readProxyConfig(other), undefined);
  });
});

describe("mergeProxyConfig", () => {
  const ours = proxyConfigAnnotation({ gatewayTopology: { numTrustedProxies: 1 } });

  it("keeps what the user configures, and ours", () => {
    assert.deepEqual(config(mergeProxyConfig(ours, { [proxyConfigKey]: "concurrency: 2" })), {
      concurrency: 2,
      gatewayTopology: { numTrustedProxies: 1 },
    });
  });

  it("is ours alone where the user writes none", () => {
    assert.deepEqual(mergeProxyConfig(ours, undefined), ours);
    assert.deepEqual(mergeProxyConfig(ours, { team: "a" }), ours);
  });

  it("changes nothing of the user's where there is none of ours", () => {
    assert.deepEqual(mergeProxyConfig({}, { [proxyConfigKey]: "concurrency: 2" }), {});
  });
});
