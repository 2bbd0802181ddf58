import assert from "node:assert/strict";
import { topologyAnnotations } from "../../components/mesh/gateway-topology";

const config = (annotations: Readonly<Record<string, string>>) =>
  JSON.parse(String(annotations["proxy.istio.io/config"])) as unknown;

describe("topologyAnnotations", () => {
  it("has the proxy believe the last hop of X-Forwarded-For behind an ALB", () => {
    assert.deepEqual(config(topologyAnnotations({ trustedProxies: 1, proxyProtocol: false })), {
      gatewayTopology: { numTrustedProxies: 1 },
    });
  });

  it("has it read PROXY protocol where the NLB speaks it: otherwise it would take the header for a bad request", () => {
    assert.deepEqual(config(topologyAnnotations({ trustedProxies: 0, proxyProtocol: true })), {
      gatewayTopology: { proxyProtocol: {} },
    });
  });

  it("says nothing where nothing stands before the gateway: a client could write X-Forwarded-For itself", () => {
    assert.deepEqual(topologyAnnotations({ trustedProxies: 0, proxyProtocol: false }), {});
  });
});
