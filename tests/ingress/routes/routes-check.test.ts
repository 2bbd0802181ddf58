import assert from "node:assert/strict";
import type { RouteSettings } from "../../../components/plan/ingress-settings";
import { checkRoutesOfShared, warnOfRoutes } from "../../../components/ingress/routes/routes-check";
import { ingress, placesOf, plainPolicy, route as routeOf, settingsOf } from "../../support/settings";

const route = (host: string, ...namespaces: readonly string[]): RouteSettings =>
  routeOf({
    ...{ host, namespace: String(namespaces[0]) },
    destinations: namespaces.map((namespace) => ({ service: "web", namespace, port: 80, weight: 50 })),
  });

describe("checkRoutesOfShared", () => {
  const check = (mine: readonly RouteSettings[], theirs: readonly RouteSettings[]) => ({
    problems: checkRoutesOfShared(ingress({ routes: mine }), ingress({ name: "first", routes: theirs }), "ingress"),
  });

  it("refuses routes of a host that the other ingress before the same pods has routes of, once for each host", () => {
    const mine = [route("a.example.com", "x"), { ...route("a.example.com", "x"), path: "/b" }, route("*", "x")];
    const found = check(mine, [route("a.example.com", "y"), route("b.example.com", "y")]);
    assert.deepEqual(placesOf(found), ["ingress.routes"]);
    assert.match(String(found.problems[0]?.allowed), /"first" has$/);
  });

  it("takes routes of different hosts", () => {
    assert.deepEqual(placesOf(check([route("a.example.com", "x")], [route("b.example.com", "x")])), []);
  });
});

describe("warnOfRoutes", () => {
  const { namespaces } = settingsOf({ namespaces: { shop: {}, outside: { dataplane: "none" } } });
  const warn = (...routes: readonly RouteSettings[]) =>
    warnOfRoutes({ ingresses: [ingress({ routes })], namespaces, own: ["istio-system"] });

  it("says nothing of namespaces that take part, or that the mesh made for itself", () => {
    assert.deepEqual(warn(route("a.example.com", "shop", "istio-system")), []);
  });

  it("names the namespace of a mirror, too", () => {
    const mirror = { service: "web", namespace: "lab", port: 80, percent: 100 };
    const [warning] = warn({ ...route("a.example.com", "shop"), policy: { ...plainPolicy, mirror } });
    assert.match(String(warning), /"lab"/);
  });

  it("names each namespace that does not take part, once: unknown ones and those outside", () => {
    const warnings = warn(route("a.example.com", "shop", "blog"), route("b.example.com", "outside", "blog"));
    assert.equal(warnings.length, 2);
    assert.match(String(warnings[0]), /^Routes of ingress "istio-ingress" lead to namespace "blog"/);
    assert.match(String(warnings[1]), /"outside"/);
  });
});
