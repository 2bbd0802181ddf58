import assert from "node:assert/strict";
import type { RouteSettings } from "../../components/plan/ingress-settings";
import { planVirtualServices } from "../../components/routes/virtual-service-plan";
import { memberAt } from "../support/recorded";

const web = { service: "web", namespace: "shop", port: 8080, weight: 100 };
const root: RouteSettings = { host: "app.example.com", path: "/", namespace: "shop", destinations: [web] };
const plan = (...routes: readonly RouteSettings[]) =>
  planVirtualServices({ ingress: "inner", namespace: "edge", routes, after: ["istio-gateway-inner"] });

describe("planVirtualServices", () => {
  it("makes none without routes", () => assert.deepEqual(plan(), []));

  it("leads every path of a host from the ingress' Istio Gateway to a Service", () => {
    assert.deepEqual(plan(root), [
      {
        name: "route-inner/app.example.com",
        after: ["istio-gateway-inner"],
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name: "inner-app-example-com-8f43ca87", namespace: "edge" },
        body: {
          spec: {
            hosts: ["app.example.com"],
            gateways: ["edge/inner"],
            http: [
              {
                route: [{ destination: { host: "web.shop.svc.cluster.local", port: { number: 8080 } }, weight: 100 }],
              },
            ],
          },
        },
      },
    ]);
  });

  it("puts the longest path first whatever the order they are written in, since Istio takes the first that fits", () => {
    const routes = ["/a", "/", "/a/b", "/c"].map((path) => ({ ...root, path }));
    const firsts = (all: readonly RouteSettings[]) =>
      (memberAt(plan(...all), "0.body.spec.http") as readonly unknown[]).map((http) =>
        memberAt(http, "match.0.uri.exact"),
      );
    assert.deepEqual(firsts(routes), ["/a/b", "/a", "/c", undefined]);
    assert.deepEqual(firsts([...routes].reverse()), firsts(routes));
  });

  it("takes paths in whole parts, as the Gateway API does: a prefix of Istio is one of letters", () => {
    const [object] = plan({ ...root, path: "/cart" });
    assert.deepEqual(memberAt(object, "body.spec.http.0.match"), [
      { uri: { exact: "/cart" } },
      { uri: { prefix: "/cart/" } },
    ]);
  });

  it("makes one for each host, and another path or weight renames none", () => {
    const other = { ...root, host: "*.example.org" };
    const names = (...routes: readonly RouteSettings[]) => plan(...routes).map(({ name }) => name);
    assert.deepEqual(names(root, { ...root, path: "/cart" }, other), [
      "route-inner/app.example.com",
      "route-inner/*.example.org",
    ]);
    assert.deepEqual(names(other, root), ["route-inner/*.example.org", "route-inner/app.example.com"]);
    assert.deepEqual(names({ ...root, host: "*" }), ["route-inner/*"]);
  });

  it("shares the requests by weight", () => {
    const [object] = plan({
      ...root,
      destinations: [
        { ...web, weight: 90 },
        { ...web, service: "next", weight: 10 },
      ],
    });
    const route = memberAt(object, "body.spec.http.0.route") as readonly object[];
    assert.deepEqual(
      route.map((one) => [memberAt(one, "destination.host"), memberAt(one, "weight")]),
      [
        ["web.shop.svc.cluster.local", 90],
        ["next.shop.svc.cluster.local", 10],
      ],
    );
  });
});
