import assert from "node:assert/strict";
import { podsOf } from "../../../components/ingress/gateways/envoy-filter";
import { gateway } from "../../support/settings";

describe("podsOf", () => {
  it("selects pods by labels, or by the Gateway that istiod makes them from", () => {
    assert.deepEqual(podsOf(gateway()), { workloadSelector: { labels: { app: "istio-ingress", istio: "ingress" } } });
    assert.deepEqual(podsOf(gateway({ routing: "gateway-api", createdBy: "istiod" })), {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "istio-ingress" }],
    });
  });
});
