import assert from "node:assert/strict";
import { resolveRoutes } from "../../../components/ingress/routes/resolve-routes-args";
import type { RouteArgs } from "../../../components/ingress/routes/route-args";
import { anyRequest, onlyProblem, placesOf, plainPolicy } from "../../support/settings";

const route: RouteArgs = { host: "app.example.com", service: "web", namespace: "shop", port: 80 };
const resolve = (routes: readonly Partial<RouteArgs>[], hostnames: readonly string[] = []) =>
  resolveRoutes(
    routes.map((changes) => ({ ...route, ...changes })),
    { path: "ingress", hostnames, encrypted: false },
  );

describe("resolveRoutes", () => {
  it("leads every path to one Service unless told otherwise", () => {
    assert.deepEqual(resolve([{}]), {
      settings: [
        {
          host: "app.example.com",
          path: "/",
          match: anyRequest,
          policy: plainPolicy,
          namespace: "shop",
          destinations: [{ service: "web", namespace: "shop", port: 80, weight: 100 }],
        },
      ],
      problems: [],
      warnings: [],
    });
  });

  it("gathers the routes of one host and path, whatever stands between them, in their order", () => {
    const { settings, problems } = resolve([
      { weight: 90 },
      { path: "/cart" },
      { service: "web-next", namespace: "next", weight: 10 },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      settings.map(({ path, namespace, destinations }) => [path, namespace, destinations.map(({ weight }) => weight)]),
      [
        ["/", "shop", [90, 10]],
        ["/cart", "shop", [100]],
      ],
    );
  });

  it("takes hosts that the ingress serves: every one, a name of its own, below a wildcard", () => {
    assert.deepEqual(placesOf(resolve([{ host: "*" }, {}])), []);
    assert.deepEqual(placesOf(resolve([{}], ["b.example.com", "app.example.com"])), []);
    assert.deepEqual(placesOf(resolve([{}, { host: "*.example.com" }], ["*.example.com"])), []);
  });

  it("refuses hosts that never reach the ingress", () => {
    assert.deepEqual(placesOf(resolve([{ host: "*" }, {}, { host: "*.example.com" }], ["shop.example.com"])), [
      "ingress.routes[0].host",
      "ingress.routes[1].host",
      "ingress.routes[2].host",
    ]);
  });

  it("refuses weights that do not make 100, at the last of them", () => {
    const { path, allowed } = onlyProblem(resolve([{ weight: 90 }, { path: "/cart" }, { service: "b", weight: 20 }]));
    assert.equal(path, "ingress.routes[2].weight");
    assert.match(allowed, /app\.example\.com\/; these make 90 \+ 20 = 110/);
  });

  it("refuses a single one below 100, and two that both want everything", () => {
    assert.match(onlyProblem(resolve([{ weight: 90 }])).allowed, /these make 90$/);
    assert.match(onlyProblem(resolve([{}, { service: "b" }])).allowed, /100 \+ 100 = 200/);
  });

  it("takes a weight of nothing, for a canary that is ready and waits", () => {
    assert.deepEqual(placesOf(resolve([{ weight: 100 }, { service: "b", weight: 0 }])), []);
  });

  it("keeps routes with other conditions apart, and says so of their weights", () => {
    const { settings, problems } = resolve([{}, { headers: { "X-Beta": "yes" } }, { methods: ["GET"] }]);
    assert.deepEqual([settings.length, problems], [3, []]);
    const wrong = resolve([{}, { headers: { "X-Beta": "yes" }, weight: 5 }]);
    assert.match(onlyProblem(wrong).allowed, /app\.example\.com\/ \(header x-beta\); these make 5$/);
  });

  it("wants routes that share requests to do the same with them", () => {
    const shared = [{ weight: 50 }, { service: "b", weight: 50 }];
    assert.deepEqual(placesOf(resolve(shared.map((one) => ({ ...one, timeoutSeconds: 5 })))), []);
    const differ = shared.map((one, index) => ({ ...one, timeoutSeconds: index + 1 }));
    assert.deepEqual(placesOf(resolve(differ)), ["ingress.routes[1].timeoutSeconds"]);
  });

  it("has no destination for a redirect, which stands alone", () => {
    const redirect = { host: "app.example.com", redirect: { host: "b.example.com" } };
    const around = { path: "ingress", hostnames: [], encrypted: true };
    const [settings] = resolveRoutes([redirect], around).settings;
    assert.deepEqual([settings?.namespace, settings?.destinations], [undefined, []]);
    assert.equal(settings?.policy.redirect?.scheme, "https");
    assert.deepEqual(placesOf(resolveRoutes([redirect, redirect], around)), ["ingress.routes[0]", "ingress.routes[1]"]);
    assert.match(onlyProblem(resolveRoutes([route, redirect], around)).allowed, /^one redirect, or Services/);
  });

  it("refuses the same port of a Service twice, and says nothing of the weights then", () => {
    assert.deepEqual(placesOf(resolve([{ weight: 50 }, { weight: 60 }])), ["ingress.routes[1]"]);
    const differ = [{ weight: 40 }, { port: 81, weight: 30 }, { namespace: "b", weight: 30 }];
    assert.deepEqual(placesOf(resolve(differ)), []);
  });
});
