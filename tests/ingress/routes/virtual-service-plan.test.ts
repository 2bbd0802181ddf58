import assert from "node:assert/strict";
import type { RouteSettings } from "../../../components/plan/ingress-settings";
import { planVirtualServices } from "../../../components/ingress/routes/virtual-service-plan";
import { memberAt } from "../../support/recorded";
import { anyRequest, plainPolicy, route } from "../../support/settings";

const web = { service: "web", namespace: "shop", port: 8080, weight: 100 };
const root = route({ destinations: [web] });
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
    const destinations = memberAt(object, "body.spec.http.0.route") as readonly object[];
    assert.deepEqual(
      destinations.map((one) => [memberAt(one, "destination.host"), memberAt(one, "weight")]),
      [
        ["web.shop.svc.cluster.local", 90],
        ["next.shop.svc.cluster.local", 10],
      ],
    );
  });
});

describe("planVirtualServices with conditions and policies", () => {
  const ruleOf = (changes: Partial<RouteSettings>) => memberAt(plan({ ...root, ...changes })[0], "body.spec.http.0");
  const policyOf = (policy: Partial<RouteSettings["policy"]>, changes: Partial<RouteSettings> = {}) =>
    ruleOf({ ...changes, policy: { ...plainPolicy, ...policy } });

  it("asks for methods, headers and query parameters in each match", () => {
    const match = { ...anyRequest, methods: ["GET", "HEAD"], headers: { "x-beta": "yes" }, queryParams: { v: "2" } };
    const conditions = {
      method: { regex: "GET|HEAD" },
      headers: { "x-beta": { exact: "yes" } },
      queryParams: { v: { exact: "2" } },
    };
    assert.deepEqual(memberAt(ruleOf({ match }), "match"), [conditions]);
    assert.deepEqual(memberAt(ruleOf({ match, path: "/cart" }), "match"), [
      { uri: { exact: "/cart" }, ...conditions },
      { uri: { prefix: "/cart/" }, ...conditions },
    ]);
    const one = ruleOf({ match: { ...anyRequest, methods: ["GET"] } });
    assert.deepEqual(memberAt(one, "match"), [{ method: { exact: "GET" } }]);
  });

  it("takes exact paths and regular expressions by themselves", () => {
    const exact = ruleOf({ path: "/cart", match: { ...anyRequest, pathType: "exact" } });
    assert.deepEqual(memberAt(exact, "match"), [{ uri: { exact: "/cart" } }]);
    const regex = ruleOf({ path: "/v[0-9]+", match: { ...anyRequest, pathType: "regex" } });
    assert.deepEqual(memberAt(regex, "match"), [{ uri: { regex: "/v[0-9]+" } }]);
  });

  it("says times in seconds, and retry conditions in one text", () => {
    const retries = { attempts: 3, on: ["503", "connect-failure"], perTryTimeoutSeconds: 0.25 };
    const rule = policyOf({ timeoutSeconds: 1.5, retries });
    assert.equal(memberAt(rule, "timeout"), "1.5s");
    assert.deepEqual(memberAt(rule, "retries"), {
      attempts: 3,
      retryOn: "503,connect-failure",
      perTryTimeout: "0.25s",
    });
    const plain = policyOf({ retries: { ...retries, on: ["5xx"], perTryTimeoutSeconds: undefined } });
    assert.deepEqual(memberAt(plain, "retries"), { attempts: 3, retryOn: "5xx" });
  });

  it("copies requests, delays and aborts them", () => {
    const rule = policyOf({ mirror: { service: "lab", namespace: "lab", port: 80, percent: 0.5 } });
    assert.deepEqual(memberAt(rule, "mirrors"), [
      { destination: { host: "lab.lab.svc.cluster.local", port: { number: 80 } }, percentage: { value: 0.5 } },
    ]);
    const percentage = { value: 10 };
    assert.deepEqual(memberAt(policyOf({ fault: { delaySeconds: 2, abortStatus: undefined, percent: 10 } }), "fault"), {
      delay: { percentage, fixedDelay: "2s" },
    });
    assert.deepEqual(
      memberAt(policyOf({ fault: { delaySeconds: undefined, abortStatus: 503, percent: 10 } }), "fault"),
      {
        abort: { percentage, httpStatus: 503 },
      },
    );
  });

  it("rewrites a prefix by whole parts, as the Gateway API does, and the whole of another path", () => {
    const rewritten = (path: string, rewritePath: string, requested: string) => {
      const rule = policyOf({ rewritePath }, { path });
      const { match, rewrite } = memberAt(rule, "rewrite.uriRegexRewrite") as Readonly<Record<string, string>>;
      return requested.replace(new RegExp(String(match)), String(rewrite));
    };
    assert.equal(rewritten("/cart", "/", "/cart/items"), "/items");
    assert.equal(rewritten("/cart", "/", "/cart"), "/");
    assert.equal(rewritten("/cart", "/basket", "/cart/items"), "/basket/items");
    assert.equal(rewritten("/cart", "/basket", "/cart"), "/basket");
    assert.equal(rewritten("/a.b", "/x", "/a.b/c"), "/x/c");
    assert.equal(rewritten("/", "/v2", "/items"), "/v2/items");
    assert.equal(rewritten("/", "/", "/items"), "/items");
    const exact = policyOf({ rewritePath: "/x" }, { path: "/a", match: { ...anyRequest, pathType: "exact" } });
    assert.deepEqual(memberAt(exact, "rewrite.uriRegexRewrite"), { match: "/.*", rewrite: "/x" });
  });

  it("changes headers of requests and responses", () => {
    const requestHeaders = { set: { a: "1" }, add: { b: "2" }, remove: ["c"] };
    assert.deepEqual(memberAt(policyOf({ requestHeaders }), "headers"), { request: requestHeaders });
    const responseHeaders = { set: {}, add: {}, remove: ["server"] };
    assert.deepEqual(memberAt(policyOf({ responseHeaders }), "headers"), { response: { remove: ["server"] } });
    const added = policyOf({ responseHeaders: { set: {}, add: { b: "2" }, remove: [] } });
    assert.deepEqual(memberAt(added, "headers.response"), { add: { b: "2" } });
  });

  it("redirects in the place of a destination", () => {
    const redirect = { host: "b.example.com", path: "/x", status: 308, scheme: "https" };
    assert.deepEqual(policyOf({ redirect }, { destinations: [], namespace: undefined }), {
      redirect: { authority: "b.example.com", uri: "/x", scheme: "https", redirectCode: 308 },
    });
    const plain = { host: undefined, path: undefined, status: 302, scheme: undefined };
    assert.deepEqual(memberAt(policyOf({ redirect: plain }), "redirect"), { redirectCode: 302 });
  });

  it("answers preflight requests as Istio does for an HTTPRoute", () => {
    const cors = { origins: ["*"], methods: [], headers: [], maxAgeSeconds: 5, credentials: false };
    assert.deepEqual(memberAt(policyOf({ cors }), "corsPolicy"), {
      allowOrigins: [{ regex: String.raw`^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s?#]+$` }],
      maxAge: "5s",
      unmatchedPreflights: "IGNORE",
    });
    const origins = ["https://a.example.com", "https://*.example.org", "http://*"];
    const full = policyOf({ cors: { ...cors, origins, methods: ["GET"], headers: ["x-a"], credentials: true } });
    assert.deepEqual(memberAt(full, "corsPolicy"), {
      allowOrigins: [
        { exact: "https://a.example.com" },
        { regex: String.raw`^https://.*\.example\.org$` },
        { prefix: "http://" },
      ],
      allowMethods: ["GET"],
      allowHeaders: ["x-a"],
      maxAge: "5s",
      allowCredentials: true,
      unmatchedPreflights: "IGNORE",
    });
  });
});
