import assert from "node:assert/strict";
import { planCrossNetworkGateway } from "../../components/multi-cluster/east-west-plan";
import { gateway } from "../support/settings";

describe("planCrossNetworkGateway", () => {
  it("passes mTLS through on 15443, to Services only", () => {
    const pods = gateway({
      name: "istio-eastwestgateway",
      namespace: "shared",
      selector: { app: "istio-eastwestgateway", istio: "eastwestgateway" },
    });
    assert.deepEqual(planCrossNetworkGateway(pods, ["gateway-istio-eastwestgateway"]), {
      name: "istio-gateway-istio-eastwestgateway",
      after: ["gateway-istio-eastwestgateway"],
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "cross-network-gateway", namespace: "shared" },
      body: {
        spec: {
          selector: { istio: "eastwestgateway" },
          servers: [
            {
              port: { number: 15443, name: "tls", protocol: "TLS" },
              tls: { mode: "AUTO_PASSTHROUGH" },
              hosts: ["*.local"],
            },
          ],
        },
      },
    });
  });
});
