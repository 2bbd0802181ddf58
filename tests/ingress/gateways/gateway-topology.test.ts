import assert from "node:assert/strict";
import { topologyConfig } from "../../../components/ingress/gateways/gateway-topology";

describe("topologyConfig", () => {
  it("has the proxy believe as many entries of X-Forwarded-For as proxies append", () => {
    assert.deepEqual(topologyConfig({ trustedProxies: 2, proxyProtocol: false }, {}), {
      gatewayTopology: { numTrustedProxies: 2 },
    });
  });

  it("has it read PROXY protocol where the NLB sends it: otherwise it would take the header for a bad request", () => {
    assert.deepEqual(topologyConfig({ trustedProxies: undefined, proxyProtocol: true }, {}), {
      gatewayTopology: { proxyProtocol: {} },
    });
  });

  it("is empty where no proxy is before the gateway: a client could write X-Forwarded-For itself", () => {
    assert.deepEqual(topologyConfig({ trustedProxies: 0, proxyProtocol: false }, {}), {});
    assert.deepEqual(topologyConfig({ trustedProxies: undefined, proxyProtocol: false }, { numTrustedProxies: 1 }), {});
  });

  it("repeats what the mesh configuration says besides, since Istio replaces the whole block", () => {
    const meshWide = { forwardClientCertDetails: "APPEND_FORWARD", proxyProtocol: {} };
    assert.deepEqual(topologyConfig({ trustedProxies: 1, proxyProtocol: false }, meshWide), {
      gatewayTopology: { forwardClientCertDetails: "APPEND_FORWARD", numTrustedProxies: 1 },
    });
  });

  it("takes back PROXY protocol of the mesh configuration where the load balancer does not send it", () => {
    const topology = { trustedProxies: undefined, proxyProtocol: false };
    assert.deepEqual(topologyConfig(topology, { proxyProtocol: {} }), { gatewayTopology: {} });
    const sends = { trustedProxies: undefined, proxyProtocol: true };
    assert.deepEqual(topologyConfig(sends, { proxyProtocol: {} }), { gatewayTopology: { proxyProtocol: {} } });
  });
});
