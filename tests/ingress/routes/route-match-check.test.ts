import assert from "node:assert/strict";
import { checkMatch } from "../../../components/ingress/routes/route-match-check";
import type { RouteArgs } from "../../../components/ingress/routes/route-args";
import { placesOf } from "../../support/settings";

const places = (changes: Partial<RouteArgs>) =>
  placesOf({ problems: checkMatch({ host: "a.example.com", ...changes }, "r") });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, "1"]));

describe("checkMatch", () => {
  it("takes a route without conditions, and as many as an HTTPRoute holds", () => {
    assert.deepEqual(places({}), []);
    assert.deepEqual(places({ methods: ["GET"], headers: many(16), queryParams: many(16) }), []);
  });

  it("refuses more of them", () => {
    assert.deepEqual(places({ headers: many(17), queryParams: many(17) }), ["r.headers", "r.queryParams"]);
  });

  it("refuses methods and headers twice, and the host", () => {
    assert.deepEqual(places({ methods: ["GET", "GET"] }), ["r.methods[1]"]);
    assert.deepEqual(places({ headers: { "x-a": "1", "X-A": "1", host: "b" } }), ["r.headers.X-A", "r.headers.host"]);
    assert.deepEqual(places({ queryParams: { a: "1", A: "1", host: "b" } }), []);
  });
});
