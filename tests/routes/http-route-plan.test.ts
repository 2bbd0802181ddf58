import assert from "node:assert/strict";
import type { RouteSettings } from "../../components/plan/ingress-settings";
import { planHttpRoutes } from "../../components/routes/http-route-plan";
import { memberAt } from "../support/recorded";

const cart = { service: "cart", namespace: "shop", port: 8080, weight: 100 };
const route: RouteSettings = { host: "app.example.com", path: "/cart", namespace: "shop", destinations: [cart] };
const plan = (...routes: readonly RouteSettings[]) =>
  planHttpRoutes({
    ingress: "inner",
    gateway: { name: "istio-ingress", namespace: "edge" },
    routes,
    listenersOf: (host) => [`http-${host}`, `https-${host}`],
    after: (namespace) => ["gateway-istio-ingress", `namespace-${namespace}`],
  });
const weighted: RouteSettings = {
  ...route,
  destinations: [
    { ...cart, weight: 80 },
    { ...cart, namespace: "next", weight: 10 },
    { ...cart, namespace: "next", port: 81, weight: 5 },
    { ...cart, namespace: "other", weight: 5 },
  ],
};

describe("planHttpRoutes", () => {
  it("makes none without routes", () => assert.deepEqual(plan(), []));

  it("leads a host and path from the Gateway to a Service in the route's own namespace", () => {
    const parent = { name: "istio-ingress", namespace: "edge" };
    assert.deepEqual(plan(route), [
      {
        name: "route-inner/app.example.com/cart",
        after: ["gateway-istio-ingress", "namespace-shop"],
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { name: "inner-app-example-com-cart-51d2d631", namespace: "shop" },
        body: {
          spec: {
            parentRefs: [
              { ...parent, sectionName: "http-app.example.com" },
              { ...parent, sectionName: "https-app.example.com" },
            ],
            hostnames: ["app.example.com"],
            rules: [
              {
                matches: [{ path: { type: "PathPrefix", value: "/cart" } }],
                backendRefs: [{ name: "cart", port: 8080, weight: 100 }],
              },
            ],
          },
        },
      },
    ]);
  });

  it("names no host where it is for every host", () => {
    const [object] = plan({ ...route, host: "*" });
    assert.equal(memberAt(object, "body.spec.hostnames"), undefined);
  });

  it("makes one for each host and path, so that none changes another", () => {
    const names = plan({ ...route, path: "/" }, route, { ...route, host: "b.example.com" }).map(({ name }) => name);
    assert.deepEqual(names, [
      "route-inner/app.example.com/",
      "route-inner/app.example.com/cart",
      "route-inner/b.example.com/cart",
    ]);
  });

  it("leads to another namespace with that one's leave, for the Services that it needs", () => {
    const objects = plan(weighted);
    assert.deepEqual(
      objects.map(({ kind, metadata, after }) => [kind, metadata.namespace, after]),
      [
        ["ReferenceGrant", "next", ["gateway-istio-ingress", "namespace-next"]],
        ["ReferenceGrant", "other", ["gateway-istio-ingress", "namespace-other"]],
        [
          "HTTPRoute",
          "shop",
          [
            ...["gateway-istio-ingress", "namespace-shop"],
            "reference-grant-inner/app.example.com/cart@next",
            "reference-grant-inner/app.example.com/cart@other",
          ],
        ],
      ],
    );
    assert.deepEqual(objects[0]?.body, {
      spec: {
        from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "shop" }],
        to: [{ group: "", kind: "Service", name: "cart" }],
      },
    });
  });

  it("shares the requests by weight, and names only namespaces that are not its own", () => {
    assert.deepEqual(memberAt(plan(weighted), "2.body.spec.rules.0.backendRefs"), [
      { name: "cart", port: 8080, weight: 80 },
      { name: "cart", namespace: "next", port: 8080, weight: 10 },
      { name: "cart", namespace: "next", port: 81, weight: 5 },
      { name: "cart", namespace: "other", port: 8080, weight: 5 },
    ]);
  });
});
