import assert from "node:assert/strict";
import type { RouteSettings } from "../../../components/plan/ingress-settings";
import { planHttpRoutes } from "../../../components/ingress/routes/http-route-plan";
import { memberAt } from "../../support/recorded";
import { anyRequest, plainPolicy, route as routeOf } from "../../support/settings";

const cart = { service: "cart", namespace: "shop", port: 8080, weight: 100 };
const route = routeOf({ path: "/cart", destinations: [cart] });
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

describe("planHttpRoutes with conditions and policies", () => {
  const rulesOf = (...routes: readonly RouteSettings[]) => memberAt(plan(...routes).at(-1), "body.spec.rules");
  const policyOf = (policy: Partial<RouteSettings["policy"]>, more: Partial<RouteSettings> = {}) =>
    memberAt(rulesOf({ ...route, ...more, policy: { ...plainPolicy, ...policy } }), "0");

  it("puts the routes of one host and path into one object, the most specific first whatever their order", () => {
    const beta = { ...route, match: { ...anyRequest, headers: { "x-beta": "yes" } } };
    const posts = { ...route, match: { ...anyRequest, methods: ["POST", "PUT"], queryParams: { v: "2" } } };
    const path = { type: "PathPrefix", value: "/cart" };
    const queryParams = [{ type: "Exact", name: "v", value: "2" }];
    const matches = (routes: readonly RouteSettings[]) =>
      (rulesOf(...routes) as readonly object[]).map((rule) => memberAt(rule, "matches"));
    assert.deepEqual(matches([route, beta, posts]), [
      [
        { path, queryParams, method: "POST" },
        { path, queryParams, method: "PUT" },
      ],
      [{ path, headers: [{ type: "Exact", name: "x-beta", value: "yes" }] }],
      [{ path }],
    ]);
    assert.deepEqual(matches([posts, route, beta]), matches([route, beta, posts]));
    assert.equal(plan(route, beta, posts).length, 1);
  });

  it("keeps the object where its least specific route leads, so that a beta elsewhere does not move it", () => {
    const beta: RouteSettings = {
      ...route,
      match: { ...anyRequest, headers: { "x-beta": "yes" } },
      namespace: "next",
      destinations: [{ ...cart, namespace: "next" }],
    };
    const [grant, object] = plan(beta, route);
    assert.deepEqual([grant?.kind, grant?.metadata.namespace], ["ReferenceGrant", "next"]);
    assert.equal(object?.metadata.namespace, "shop");
    assert.deepEqual(memberAt(object, "body.spec.rules.0.backendRefs.0.namespace"), "next");
  });

  it("says exact paths and regular expressions", () => {
    const typeOf = (pathType: "exact" | "regex") =>
      memberAt(rulesOf({ ...route, match: { ...anyRequest, pathType } }), "0.matches.0.path.type");
    assert.deepEqual([typeOf("exact"), typeOf("regex")], ["Exact", "RegularExpression"]);
  });

  it("says times without a decimal point, and of retry conditions the status codes", () => {
    const retries = { attempts: 3, on: ["503", "connect-failure"], perTryTimeoutSeconds: 0.25 };
    const rule = policyOf({ timeoutSeconds: 1.5, retries });
    assert.deepEqual(memberAt(rule, "timeouts"), { request: "1s500ms", backendRequest: "250ms" });
    assert.deepEqual(memberAt(rule, "retry"), { attempts: 3, codes: [503] });
    const plain = policyOf({ retries: { attempts: 2, on: ["unavailable"], perTryTimeoutSeconds: undefined } });
    assert.deepEqual([memberAt(plain, "timeouts"), memberAt(plain, "retry")], [undefined, { attempts: 2 }]);
    assert.deepEqual(memberAt(policyOf({ timeoutSeconds: 20 }), "timeouts"), { request: "20s" });
  });

  it("copies requests to a Service, with its namespace's leave, in whole percent or as a fraction", () => {
    const mirror = { service: "lab", namespace: "lab", port: 80, percent: 100 };
    const [grant] = plan({ ...route, policy: { ...plainPolicy, mirror } });
    assert.deepEqual(memberAt(grant, "body.spec.to"), [{ group: "", kind: "Service", name: "lab" }]);
    const filterOf = (percent: number, namespace: string) =>
      memberAt(policyOf({ mirror: { ...mirror, percent, namespace } }), "filters.0.requestMirror");
    assert.deepEqual(filterOf(100, "lab"), { backendRef: { name: "lab", namespace: "lab", port: 80 }, percent: 100 });
    assert.deepEqual(filterOf(0.5, "shop"), {
      backendRef: { name: "lab", port: 80 },
      fraction: { numerator: 5000, denominator: 1_000_000 },
    });
  });

  it("replaces a prefix in a rule of its own for each method, and the whole of another path", () => {
    const methods = { match: { ...anyRequest, methods: ["GET", "POST"] } };
    const rules = rulesOf({ ...route, ...methods, policy: { ...plainPolicy, rewritePath: "/" } }) as readonly object[];
    assert.deepEqual(
      rules.map((rule) => [memberAt(rule, "matches.0.method"), memberAt(rule, "matches.1")]),
      [
        ["GET", undefined],
        ["POST", undefined],
      ],
    );
    assert.deepEqual(memberAt(rules, "1.filters"), [
      { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } },
    ]);
    const whole = policyOf({ rewritePath: "/x" }, { match: { ...anyRequest, pathType: "exact" } });
    assert.deepEqual(memberAt(whole, "filters.0.urlRewrite.path"), { type: "ReplaceFullPath", replaceFullPath: "/x" });
  });

  it("changes headers", () => {
    const rule = policyOf({
      requestHeaders: { set: { a: "1" }, add: { b: "2" }, remove: ["c"] },
      responseHeaders: { set: {}, add: {}, remove: ["server"] },
    });
    assert.deepEqual(memberAt(rule, "filters"), [
      {
        type: "RequestHeaderModifier",
        requestHeaderModifier: {
          set: [{ name: "a", value: "1" }],
          add: [{ name: "b", value: "2" }],
          remove: ["c"],
        },
      },
      { type: "ResponseHeaderModifier", responseHeaderModifier: { remove: ["server"] } },
    ]);
    const added = policyOf({ responseHeaders: { set: {}, add: { b: "2" }, remove: [] } });
    assert.deepEqual(memberAt(added, "filters.0.responseHeaderModifier"), { add: [{ name: "b", value: "2" }] });
  });

  it("redirects without a Service, in the gateway's namespace", () => {
    const redirectTo = (redirect: RouteSettings["policy"]["redirect"]) =>
      plan({ ...route, namespace: undefined, destinations: [], policy: { ...plainPolicy, redirect } })[0];
    const object = redirectTo({ host: "b.example.com", path: "/x", status: 308, scheme: "https" });
    assert.equal(object?.metadata.namespace, "edge");
    assert.deepEqual(memberAt(object, "body.spec.rules"), [
      {
        matches: [{ path: { type: "PathPrefix", value: "/cart" } }],
        filters: [
          {
            type: "RequestRedirect",
            requestRedirect: {
              scheme: "https",
              hostname: "b.example.com",
              path: { type: "ReplaceFullPath", replaceFullPath: "/x" },
              statusCode: 308,
            },
          },
        ],
      },
    ]);
    const plain = redirectTo({ host: undefined, path: undefined, status: 301, scheme: undefined });
    assert.deepEqual(memberAt(plain, "body.spec.rules.0.filters.0.requestRedirect"), { statusCode: 301 });
  });

  it("answers preflight requests", () => {
    const filterOf = (cors: NonNullable<RouteSettings["policy"]["cors"]>) =>
      memberAt(policyOf({ cors }), "filters.0.cors");
    const least = { origins: ["*"], methods: [], headers: [], maxAgeSeconds: 5, credentials: false };
    assert.deepEqual(filterOf(least), { allowOrigins: ["*"], maxAge: 5 });
    const origins = ["https://a.example.com"];
    assert.deepEqual(filterOf({ origins, methods: ["GET"], headers: ["x-a"], maxAgeSeconds: 60, credentials: true }), {
      allowOrigins: origins,
      allowMethods: ["GET"],
      allowHeaders: ["x-a"],
      maxAge: 60,
      allowCredentials: true,
    });
  });
});
