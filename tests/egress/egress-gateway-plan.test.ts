import assert from "node:assert/strict";
import { planEgressGateway } from "../../components/egress/egress-gateway-plan";
import { memberAt } from "../support/recorded";
import { gateway } from "../support/settings";

const edge = gateway({ name: "istio-egress", namespace: "edge", selector: { app: "istio-egress", istio: "egress" } });
const plan = (...hosts: readonly string[]) =>
  planEgressGateway({ gateway: edge, hosts, after: ["gateway-istio-egress"] });
const service = "istio-egress.edge.svc.cluster.local";

describe("planEgressGateway", () => {
  it("leads nothing where there are no hosts", () => assert.deepEqual(plan(), []));

  it("has the gateway take the mesh's own TLS on 80, and let that of applications through on 443", () => {
    const [object] = plan("a.example.com", "b.example.com");
    const hosts = ["a.example.com", "b.example.com"];
    assert.deepEqual(
      [object?.name, object?.after, object?.metadata],
      ["istio-gateway-istio-egress", ["gateway-istio-egress"], { name: "istio-egress", namespace: "edge" }],
    );
    assert.deepEqual(object?.body, {
      spec: {
        selector: { istio: "egress" },
        servers: [
          { port: { number: 80, name: "https-from-mesh", protocol: "HTTPS" }, hosts, tls: { mode: "ISTIO_MUTUAL" } },
          { port: { number: 443, name: "tls", protocol: "TLS" }, hosts, tls: { mode: "PASSTHROUGH" } },
        ],
      },
    });
  });

  it("leads plain HTTP to the gateway in the mesh's own TLS, by the name of the host it is for", () => {
    const rule = plan("a.example.com").find(({ kind }) => kind === "DestinationRule");
    assert.equal(rule?.name, "destinationrule-a.example.com");
    assert.equal(memberAt(rule, "body.spec.host"), service);
    assert.deepEqual(memberAt(rule, "body.spec.subsets.0.trafficPolicy.portLevelSettings"), [
      { port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL", sni: "a.example.com" } },
    ]);
  });

  it("leads each host from the pods to the gateway, and from the gateway out, on both ports", () => {
    const route = plan("a.example.com").find(({ kind }) => kind === "VirtualService");
    const subset = memberAt(plan("a.example.com")[1], "body.spec.subsets.0.name");
    const spec = memberAt(route, "body.spec");
    const to = (path: string) => memberAt(spec, `${path}.route.0.destination`);
    assert.deepEqual(memberAt(spec, "gateways"), ["mesh", "edge/istio-egress"]);
    assert.deepEqual(to("http.0"), { host: service, subset, port: { number: 80 } });
    assert.deepEqual(to("http.1"), { host: "a.example.com", port: { number: 80 } });
    assert.deepEqual(to("tls.0"), { host: service, subset, port: { number: 443 } });
    assert.deepEqual(to("tls.1"), { host: "a.example.com", port: { number: 443 } });
    assert.deepEqual(memberAt(spec, "http.0.match"), [{ gateways: ["mesh"], port: 80 }]);
    assert.deepEqual(memberAt(spec, "tls.1.match"), [
      { gateways: ["edge/istio-egress"], port: 443, sniHosts: ["a.example.com"] },
    ]);
  });

  it("leads nobody to the gateway before all that it takes is there", () => {
    const route = plan("a.example.com").find(({ kind }) => kind === "VirtualService");
    assert.deepEqual(route?.after, [
      "serviceentry-a.example.com",
      "istio-gateway-istio-egress",
      "destinationrule-a.example.com",
    ]);
  });

  it("gives each host a subset of its own, since istiod joins the DestinationRules of one Service", () => {
    const subsets = plan("a-b.example.com", "a.b-example.com", "a.b.example.com")
      .filter(({ kind }) => kind === "DestinationRule")
      .map((rule) => memberAt(rule, "body.spec.subsets.0.name"));
    assert.equal(new Set(subsets).size, 3);
  });
});
