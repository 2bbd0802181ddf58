import assert from "node:assert/strict";
import {
  networkPolicy,
  planGatewayNetworkPolicy,
  scraped,
  tcp,
} from "../../../components/security/network-policies/network-policy-plan";
import { gateway } from "../../support/settings";

describe("networkPolicy", () => {
  it("closes both directions but for its rules", () => {
    const place = { namespace: "shop", name: "istio-mesh", podSelector: {}, after: ["enrolment-shop"] };
    assert.deepEqual(networkPolicy(place, { ingress: [scraped()], egress: [] }), {
      name: "network-policy-shop/istio-mesh",
      after: ["enrolment-shop"],
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "istio-mesh", namespace: "shop" },
      body: {
        spec: {
          podSelector: {},
          policyTypes: ["Ingress", "Egress"],
          ingress: [{ from: [{ namespaceSelector: {} }], ports: tcp(15020, 15090) }],
          egress: [],
        },
      },
    });
  });
});

describe("planGatewayNetworkPolicy", () => {
  it("lets everybody in on what load balancers ask, scrapers on the metrics, and pods out everywhere", () => {
    const { metadata, after, body } = planGatewayNetworkPolicy(gateway({ namespace: "edge" }), [80, 15021], ["n"]);
    assert.deepEqual(metadata, { name: "istio-gateway-istio-ingress", namespace: "edge" });
    assert.deepEqual(after, ["n"]);
    assert.deepEqual(body["spec"], {
      podSelector: { matchLabels: { app: "istio-ingress", istio: "ingress" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ ports: tcp(80, 15021) }, scraped()],
      egress: [{}],
    });
  });
});
