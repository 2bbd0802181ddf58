import assert from "node:assert/strict";
import type { RouteMatchSettings, RouteRedirectSettings } from "../../../components/plan/route-settings";
import { checkReach, matchText, type PlacedRoute } from "../../../components/ingress/routes/route-reach-check";
import { anyRequest, placesOf, plainPolicy } from "../../support/settings";

interface Written {
  readonly host?: string;
  readonly path?: string;
  readonly match?: Partial<RouteMatchSettings>;
  readonly redirect?: Partial<RouteRedirectSettings>;
}

const placed = ({ host = "a.example.com", path = "/", match, redirect }: Written, index: number): PlacedRoute => ({
  ...{ host, path, match: { ...anyRequest, ...match }, index },
  policy: {
    ...plainPolicy,
    redirect: redirect && { host: undefined, path: undefined, status: 301, scheme: undefined, ...redirect },
  },
});
const places = (...routes: readonly Written[]) =>
  placesOf({ problems: checkReach(routes.map(placed), "ingress") }).map((place) => place.replace("ingress.", ""));

describe("checkReach", () => {
  it("takes routes of other hosts, paths and conditions", () => {
    const match = { headers: { a: "1" } };
    assert.deepEqual(
      places({}, { host: "b.example.com" }, { path: "/b" }, { match }, { match: { methods: ["GET"] } }),
      [],
    );
  });

  it("finds a regular expression below a prefix, and takes it where the prefix wants more", () => {
    const api = { path: "/api/[0-9]+", match: { pathType: "regex" } } as const;
    assert.deepEqual(places({ path: "/api" }, api), ["routes[1]"]);
    assert.deepEqual(places({ path: "/api", match: { methods: ["GET"] } }, api), []);
    assert.deepEqual(places({ path: "/other" }, api), []);
  });

  it("finds methods that other routes have taken, together or alone", () => {
    const of = (...methods: readonly string[]) => ({ match: { methods } });
    assert.deepEqual(places(of("GET"), of("POST"), of("GET", "POST")), ["routes[2]"]);
    assert.deepEqual(places(of("GET"), of("GET", "POST")), []);
    const regex = { path: "/x", match: { pathType: "regex", methods: ["GET"] } } as const;
    assert.deepEqual(places(of("GET"), regex), ["routes[1]"]);
  });

  it("finds redirects that lead back to themselves", () => {
    assert.deepEqual(places({ redirect: { path: "/x" } }), ["routes[0].redirect"]);
    assert.deepEqual(places({ redirect: { host: "a.example.com" } }), ["routes[0].redirect"]);
    assert.deepEqual(places({ host: "*.example.com", redirect: { host: "www.example.com" } }), ["routes[0].redirect"]);
    assert.deepEqual(places({ host: "*", redirect: { host: "www.example.com", path: "/x" } }), ["routes[0].redirect"]);
    const beta = { path: "/x", match: { headers: { a: "1" } } };
    assert.deepEqual(places({ redirect: { path: "/x" } }, beta), ["routes[0].redirect"]);
  });

  it("takes redirects to what others serve", () => {
    assert.deepEqual(places({ redirect: { path: "/x" } }, { path: "/x" }), []);
    assert.deepEqual(places({ path: "/old", redirect: { path: "/new" } }), []);
    assert.deepEqual(places({ redirect: { host: "b.example.com" } }), []);
    const www = { host: "www.example.com" };
    assert.deepEqual(places({ host: "*.example.com", redirect: { host: "www.example.com" } }, www), []);
    assert.deepEqual(places(www, { host: "*.example.com", redirect: { host: "www.example.com" } }), []);
    const wild = { host: "*.b.example.com" };
    assert.deepEqual(places({ host: "*.example.com", redirect: { host: "a.b.example.com" } }, wild), []);
    // That it leads nowhere else is a problem of its own.
    assert.deepEqual(places({ redirect: {} }), []);
  });
});

describe("matchText", () => {
  it("shows the names of conditions, whose values may be secret", () => {
    const match = { pathType: "exact", methods: ["GET"], headers: { a: "1" }, queryParams: { b: "2" } } as const;
    assert.equal(
      matchText(placed({ path: "/x", match }, 0)),
      "a.example.com/x (exact, GET, header a, query parameter b)",
    );
    assert.equal(matchText(placed({}, 0)), "a.example.com/");
  });
});
