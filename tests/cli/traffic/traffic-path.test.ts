import assert from "node:assert/strict";
import { inWaves } from "../../../cli/plan/graph";
import type { Recorded } from "../../../cli/plan/recording";
import { lastPart, webAclName } from "../../../cli/traffic/load-balancer";
import { type IngressPath, trafficPathOf } from "../../../cli/traffic/traffic-path";
import { smallest, withIngress } from "../../support/args";
import { planScenario, scenarios } from "../../support/golden";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

const ofScenario = async (wanted: string) => {
  const scenario = scenarios().find(({ name }) => name === wanted);
  assert.ok(scenario !== undefined, wanted);
  return trafficPathOf(await planScenario(scenario));
};
const only = (ingresses: readonly IngressPath[]): IngressPath => {
  const [first, ...more] = ingresses;
  assert.ok(first !== undefined && more.length === 0);
  return first;
};
const service = "kubernetes:core/v1:Service";
/** Reads resources that a test writes itself. */
const of = (...resources: readonly Recorded[]) => trafficPathOf(madeUpPlan(inWaves(resources)));
const nlbService = (metadata: object = {}, spec: object = {}) =>
  madeUp("mesh-service-edge", {
    type: service,
    inputs: {
      metadata: { name: "edge", namespace: "istio-ingress", ...metadata },
      spec: { type: "LoadBalancer", selector: { app: "edge" }, ports: [{ name: "https", port: 443 }], ...spec },
    },
  });

describe("trafficPathOf", () => {
  it("follows requests through two ALBs that share a gateway", async () => {
    const { ingresses, withoutRoutes } = await ofScenario("sidecar-alb");
    const [services, addons] = ingresses;
    assert.deepEqual(
      ingresses.map(({ name }) => name),
      ["istio-ingress", "addon-ingress"],
    );
    assert.deepEqual(services?.clients, [{ peer: "0.0.0.0/0", ports: [80, 443], open: true }]);
    assert.deepEqual(addons?.clients, [{ peer: "203.0.113.0/24", ports: [80, 443], open: false }]);
    assert.deepEqual(services?.hosts, [
      { name: "app.example.com", record: true },
      { name: "api.example.com", record: true },
    ]);
    assert.equal(services?.loadBalancer.name, "my-cluster-svc-ingress");
    assert.match(String(services?.loadBalancer.webAcl), /webacl\/my-acl\//);
    assert.equal(addons?.loadBalancer.webAcl, undefined);
    assert.equal(services?.tlsEnd, "load balancer");
    for (const one of ingresses) assert.deepEqual(one.gateway, { name: "istio-ingress", pods: { min: 2, max: 5 } });
    assert.deepEqual(withoutRoutes, [
      { name: "my-app", dataplane: "sidecar", waypoint: undefined, ingressWaypoint: false, mtls: "PERMISSIVE" },
    ]);
  });

  it("follows routes of a VirtualService to their destinations, those outside of the mesh too", async () => {
    const { ingresses, namespaceOf } = await ofScenario("routes");
    const { routes } = only(ingresses);
    assert.deepEqual(
      routes.map(({ host, path, destinations }) => [
        `${host} ${path}`,
        ...destinations.map((one) => `${one.namespace}/${one.service}:${one.port} ${String(one.weight)}`),
      ]),
      [
        ["shop.example.com /cart/history", "orders/orders:80 undefined"],
        ["shop.example.com /cart", "shop/cart:8080 90", "shop/cart-next:8080 10"],
        ["shop.example.com /", "shop/web:8080 undefined"],
        ["*.example.org /", "blog/blog:80 undefined"],
      ],
    );
    assert.equal(namespaceOf("shop").dataplane, "sidecar");
    assert.equal(namespaceOf("blog").dataplane, undefined);
  });

  it("follows routes of the Gateway API, and knows that requests from a gateway go past a waypoint", async () => {
    const { ingresses, namespaceOf, withoutRoutes } = await ofScenario("ambient-routes");
    const { routes, gateway } = only(ingresses);
    assert.deepEqual(gateway, { name: "istio-ingress", pods: { min: 2, max: 5 } });
    assert.deepEqual(
      routes.flatMap(({ destinations }) => destinations.map(({ namespace, weight }) => [namespace, weight])),
      [
        ["shop", undefined],
        ["shop", 95],
        ["shop-next", 5],
      ],
    );
    assert.deepEqual(namespaceOf("shop"), {
      ...{ name: "shop", dataplane: "ambient", waypoint: "waypoint" },
      ...{ ingressWaypoint: false, mtls: "PERMISSIVE" },
    });
    assert.deepEqual(withoutRoutes, []);
  });

  it("knows where TLS ends: at the load balancer, in the gateway, or nowhere", async () => {
    assert.equal(only((await ofScenario("nlb-tls-in-gateway")).ingresses).tlsEnd, "gateway");
    assert.equal(only((await ofScenario("routes")).ingresses).tlsEnd, "load balancer");
    const reencrypted = only((await ofScenario("alb-tls-to-gateway")).ingresses);
    assert.deepEqual([reencrypted.tlsEnd, reencrypted.loadBalancer.reencrypts], ["load balancer", true]);
    const plain = only(trafficPathOf(await planOf(withIngress({ strategy: "alb" }))).ingresses);
    assert.deepEqual([plain.tlsEnd, plain.hosts], [undefined, []]);
  });

  it("calls nobody the internet whom only an internal load balancer lets in", async () => {
    const internal = withIngress({ scheme: "internal", allowedCidrs: ["0.0.0.0/0"] });
    assert.deepEqual(only(trafficPathOf(await planOf(internal)).ingresses).clients, [
      { peer: "0.0.0.0/0", ports: [80, 443], open: false },
    ]);
    const six = withIngress({ scheme: "internet-facing", ipAddressType: "dualstack" });
    assert.deepEqual(
      only(trafficPathOf(await planOf(six)).ingresses).clients.map(({ peer, open }) => [peer, open]),
      [
        ["0.0.0.0/0", true],
        ["::/0", true],
      ],
    );
  });

  it("takes a namespace's own mTLS mode before that of the mesh, and neither from a workload's policy", async () => {
    const { withoutRoutes } = await ofScenario("strict-mtls");
    assert.deepEqual(
      withoutRoutes.map(({ name, mtls }) => [name, mtls]),
      [
        ["shop", "STRICT"],
        ["legacy", "PERMISSIVE"],
      ],
    );
  });

  it("is empty where nothing leads into the mesh", async () => {
    const { ingresses, withoutRoutes } = trafficPathOf(await planOf(smallest));
    assert.deepEqual([ingresses, withoutRoutes], [[], []]);
  });

  it("finds the number of pods wherever it is written, and none where it is not", async () => {
    const pods = async (gateway: object, args: object = {}) =>
      only(trafficPathOf(await planOf({ ...withIngress({ gateway }), ...args })).ingresses).gateway.pods;
    assert.deepEqual(await pods({ minReplicas: 3, maxReplicas: 3 }), { min: 3, max: 3 });
    const gatewayApi = withIngress({ routing: "gateway-api", gateway: { minReplicas: 4, maxReplicas: 9 } });
    assert.deepEqual(only(trafficPathOf(await planOf(gatewayApi)).ingresses).gateway.pods, { min: 4, max: 9 });
    assert.equal(only(of(nlbService()).ingresses).gateway.pods, undefined);
    const chart = (values: object) =>
      madeUp("mesh-gateway-edge", {
        type: "kubernetes:helm.sh/v3:Release",
        inputs: { chart: "gateway", name: "edge", values: { labels: { app: "edge" }, ...values } },
      });
    const ofChart = (values: object) => only(of(nlbService(), chart(values)).ingresses).gateway.pods;
    assert.deepEqual(ofChart({ replicaCount: 2, autoscaling: { enabled: false, minReplicas: 5 } }), { min: 2, max: 2 });
    assert.equal(ofChart({}), undefined);
    const gateway = (infrastructure: object) =>
      madeUp("mesh-gateway-edge", {
        type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
        inputs: { metadata: { name: "edge", namespace: "istio-ingress" }, spec: { infrastructure } },
      });
    const bySelector = nlbService({}, { selector: { "gateway.networking.k8s.io/gateway-name": "edge" } });
    const parameters = (data: object) =>
      madeUp("parameters", {
        type: "kubernetes:core/v1:ConfigMap",
        inputs: { metadata: { name: "p", namespace: "istio-ingress" }, data },
      });
    const ofGateway = (...resources: readonly Recorded[]) => only(of(bySelector, ...resources).ingresses).gateway;
    assert.deepEqual(ofGateway(), { name: "edge", pods: undefined });
    assert.deepEqual(ofGateway(gateway({})).pods, { min: 1, max: 1 });
    const fixed = parameters({ deployment: JSON.stringify({ spec: { replicas: 3 } }) });
    assert.deepEqual(ofGateway(gateway({ parametersRef: { name: "p" } }), fixed).pods, { min: 3, max: 3 });
    assert.deepEqual(ofGateway(gateway({ parametersRef: { name: "p" } }), parameters({ deployment: "?" })).pods, {
      ...{ min: 1, max: 1 },
    });
  });
});

describe("loadBalancerOf, by the annotations of an NLB", () => {
  const nlb = "service.beta.kubernetes.io/aws-load-balancer-";
  const listeners = (annotations: Readonly<Record<string, string>>) => {
    const named = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${nlb}${key}`, value]));
    return only(of(nlbService({ annotations: named })).ingresses).loadBalancer;
  };

  it("ends TLS on the listed ports, by number, name or star, and on every port where none is listed", () => {
    const tls = (ports: Readonly<Record<string, string>>) =>
      listeners({ "ssl-cert": "arn:aws:acm:eu-central-1:123456789012:certificate/0f", ...ports }).listeners[0]?.tls;
    assert.deepEqual(
      [{ "ssl-ports": "443" }, { "ssl-ports": "https" }, { "ssl-ports": "*" }, {}, { "ssl-ports": "8443" }].map(tls),
      [true, true, true, true, false],
    );
    assert.equal(listeners({}).listeners[0]?.tls, false);
  });

  it("takes its name, and internal as its scheme where none is written", () => {
    const { name, scheme } = listeners({ name: "edge" });
    assert.deepEqual([name, scheme], ["edge", "internal"]);
  });
});

describe("The names of what load balancers use", () => {
  it("are the ends of their ARNs, of what is not known yet its resource, and else what is written", () => {
    const acm = "arn:aws:acm:eu-central-1:123456789012:certificate/0f";
    assert.deepEqual([acm, "<mesh-certificate-edge.arn>", "[secret]"].map(lastPart), [
      ...["0f", "mesh-certificate-edge", "[secret]"],
    ]);
    assert.equal(webAclName("arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/0a1b"), "edge");
    assert.equal(webAclName("[secret]"), "[secret]");
  });
});

describe("A gateway that passes TLS through", () => {
  it("leaves it to the application", () => {
    const gateway = madeUp("mesh-istio-gateway-edge", {
      type: "kubernetes:networking.istio.io/v1:Gateway",
      inputs: { spec: { servers: [{ port: { protocol: "TLS" }, tls: { mode: "PASSTHROUGH" }, hosts: ["*"] }] } },
    });
    assert.equal(only(of(nlbService(), gateway).ingresses).tlsEnd, "application");
  });
});

describe("A route that the gateway answers itself", () => {
  it("has no destination", () => {
    const route = madeUp("mesh-route-edge/redirect", {
      type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
      inputs: { metadata: { namespace: "shop" }, spec: { rules: [{ filters: [{ type: "RequestRedirect" }] }] } },
    });
    assert.deepEqual(only(of(nlbService(), route).ingresses).routes, [{ host: "*", path: "/", destinations: [] }]);
  });
});
