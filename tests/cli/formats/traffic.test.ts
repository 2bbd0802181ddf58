import assert from "node:assert/strict";
import { trafficText } from "../../../cli/formats/traffic";
import { inWaves } from "../../../cli/plan/graph";
import { smallest, withIngress } from "../../support/args";
import { planScenario, scenarios } from "../../support/golden";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

const namespaces = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`team-${String(index).padStart(2, "0")}`, {}]));

describe("trafficText", () => {
  it("is one lane for each load balancer, from the clients to the Services, and marks the internet", async () => {
    const args = withIngress(
      {
        ...{ strategy: "alb", scheme: "internet-facing", hostnames: ["shop.example.com"] },
        ...{ dns: { zoneName: "example.com" }, tls: { certificateDomain: "shop.example.com" } },
        alb: { webAclArn: "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/0a1b" },
        routes: [
          { host: "shop.example.com", service: "web", namespace: "shop", port: 8080 },
          { host: "shop.example.com", path: "/cart", service: "cart", namespace: "shop", port: 80 },
        ],
      },
      { namespaces: { shop: {}, ...namespaces(2) }, security: { mtls: "strict" } },
    );
    assert.equal(
      trafficText(await planOf(args)),
      `flowchart LR
  subgraph i0["istio-ingress"]
    direction LR
    i0c0["internet: 0.0.0.0/0<br/>TCP 80, 443"]
    i0n["shop.example.com (DNS record)"]
    i0b["ALB prod-istio-ingress<br/>internet-facing<br/>listens on 80, 443<br/>TLS of 443 ends here<br/>certificate example-of-shop.example.com<br/>WAF edge"]
    i0g["gateway istio-ingress<br/>2 to 5 pods"]
    i0c0 --> i0n
    i0n --> i0b --> i0g
    i0d0["shop / cart:80<br/>mTLS STRICT (sidecar)"]
    i0g -->|"shop.example.com/cart"| i0d0
    i0d1["shop / web:8080<br/>mTLS STRICT (sidecar)"]
    i0g -->|"shop.example.com"| i0d1
  end
  subgraph rest["namespaces without routes"]
    r0["team-00, team-01<br/>mTLS STRICT (sidecar)"]
  end
  classDef open stroke:#d1242f,stroke-width:3px
  class i0c0 open
`,
    );
  });

  it("marks nobody where the load balancer is internal, and has every host where none is named", async () => {
    const text = trafficText(await planOf(withIngress({})));
    assert.match(text, /i0c0\["10\.0\.0\.0\/16<br\/>TCP 80, 443"\]/);
    assert.match(text, /i0n\["every host"\]/);
    assert.match(text, /gateway istio-ingress<br\/>2 to 5 pods<br\/>no TLS from clients/);
    assert.doesNotMatch(text, /class |internet|subgraph rest/);
  });

  it("counts namespaces where they are many", async () => {
    const text = trafficText(await planOf({ ...smallest, namespaces: namespaces(40) }));
    assert.match(text, /none\["no ingress: no load balancer leads into the mesh"\]/);
    assert.match(text, /r0\["40 namespaces: team-00 … team-39<br\/>mTLS PERMISSIVE \(sidecar\)"\]/);
  });

  it("shows a Service to which several routes lead once", async () => {
    const scenario = scenarios().find(({ name }) => name === "routes");
    assert.ok(scenario !== undefined);
    const text = trafficText(await planScenario(scenario));
    assert.match(text, /\["shop \/ cart-next:8080<br\/>10 % of requests<br\/>mTLS PERMISSIVE \(sidecar\)"\]/);
    assert.match(text, /\["blog \/ blog:80<br\/>plaintext: not in the mesh"\]/);
    const twice = withIngress({
      hostnames: ["a.example.com", "b.example.com"],
      routes: ["a", "b"].map((one) => ({ host: `${one}.example.com`, service: "web", namespace: "shop", port: 80 })),
    });
    const drawn = trafficText(await planOf({ ...twice, namespaces: { shop: {} } }));
    assert.equal(drawn.match(/shop \/ web:80/g)?.length, 1);
    assert.equal(drawn.match(/\| i0d0$/gm)?.length, 2);
  });

  it("shows what is not in every mesh: plaintext, waypoints, redirects, groups of others, TLS in the application", () => {
    const labels = { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint" };
    const patch = (name: string, more: object) =>
      madeUp(`mesh-enrolment-${name}`, {
        type: "kubernetes:core/v1:NamespacePatch",
        inputs: { metadata: { name, labels: { ...labels, ...more } } },
      });
    const policy = madeUp("policy", {
      type: "kubernetes:security.istio.io/v1:PeerAuthentication",
      inputs: { metadata: { namespace: "old" }, spec: { mtls: { mode: "DISABLE" } } },
    });
    const service = madeUp("mesh-service-edge", {
      type: "kubernetes:core/v1:Service",
      inputs: {
        metadata: { name: "edge", namespace: "edge" },
        spec: { type: "LoadBalancer", ports: [{ port: 443 }] },
      },
    });
    const gateway = madeUp("mesh-istio-gateway-edge", {
      type: "kubernetes:networking.istio.io/v1:Gateway",
      inputs: { spec: { servers: [{ port: { protocol: "TLS" }, tls: { mode: "PASSTHROUGH" } }] } },
    });
    const route = madeUp("mesh-route-edge/all", {
      type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
      inputs: {
        metadata: { namespace: "shop" },
        spec: {
          rules: [
            { matches: [{ path: { value: "/old" } }], filters: [{}] },
            { backendRefs: [{ name: "web", port: 80 }] },
            { matches: [{ path: { value: "/a" } }], backendRefs: [{ name: "web", namespace: "far", port: 80 }] },
          ],
        },
      },
    });
    const resources = [
      ...[
        service,
        gateway,
        route,
        policy,
        patch("shop", {}),
        patch("far", { "istio.io/ingress-use-waypoint": "true" }),
      ],
      ...[patch("old", { "istio.io/use-waypoint": "none" }), patch("new", {})],
    ];
    const text = trafficText(madeUpPlan(inWaves(resources)));
    for (const line of [
      'i0c0["whom its security groups let in"]',
      'i0b["NLB<br/>internal<br/>listens on 443"]',
      'i0g["gateway edge<br/>TLS is passed through"]',
      'i0d0["answered by the gateway"]',
      'i0g -->|"every host/old"| i0d0',
      'i0d1["shop / web:80<br/>mTLS PERMISSIVE (ambient, past waypoint waypoint)"]',
      'i0g -->|"every host/"| i0d1',
      'i0d2["far / web:80<br/>mTLS PERMISSIVE (ambient, through waypoint waypoint)"]',
      'r0["old<br/>plaintext: mTLS DISABLE (ambient)"]',
      'r1["new<br/>mTLS PERMISSIVE (ambient, waypoint waypoint)"]',
    ])
      assert.ok(text.includes(`    ${line}\n`), `${line}\n${text}`);
  });

  it("says where TLS starts anew and where the gateway ends it", async () => {
    const text = async (wanted: string) => {
      const scenario = scenarios().find(({ name }) => name === wanted);
      assert.ok(scenario !== undefined);
      return trafficText(await planScenario(scenario));
    };
    assert.match(await text("alb-tls-to-gateway"), /TLS again to the gateway/);
    assert.match(
      await text("nlb-tls-in-gateway"),
      /i0g\["gateway istio-ingress<br\/>2 to 5 pods<br\/>TLS ends here"\]/,
    );
  });
});
