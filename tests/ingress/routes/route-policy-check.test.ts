import assert from "node:assert/strict";
import type { RouteArgs } from "../../../components/ingress/routes/route-args";
import { checkPolicy, warnOfPolicy } from "../../../components/ingress/routes/route-policy-check";
import { placesOf } from "../../support/settings";

const places = (changes: Partial<RouteArgs>) =>
  placesOf({ problems: checkPolicy({ host: "a.example.com", ...changes }, "r") });
const warnings = (changes: Partial<RouteArgs>) => warnOfPolicy({ host: "a.example.com", ...changes }, "r");
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, "1"]));
const origins = ["https://a.example.com"];

describe("checkPolicy", () => {
  it("takes a route that only leads to a Service", () => assert.deepEqual(places({ service: "web" }), []));

  it("takes headers of the answer beside a redirect, and nothing else", () => {
    const redirect = { host: "b.example.com" };
    assert.deepEqual(places({ redirect, responseHeaders: { set: { a: "1" } } }), []);
    assert.deepEqual(places({ redirect, service: "web", weight: 5, cors: { origins } }), [
      "r.service",
      "r.weight",
      "r.cors",
    ]);
    assert.deepEqual(places({ redirect: {} }), ["r.redirect"]);
  });

  it("takes an attempt that is as long as the request, and no longer one", () => {
    const retries = { attempts: 1, perTryTimeoutSeconds: 2 };
    assert.deepEqual(places({ timeoutSeconds: 2, retries }), []);
    assert.deepEqual(places({ retries }), []);
    assert.deepEqual(places({ timeoutSeconds: 1, retries }), ["r.retries.perTryTimeoutSeconds"]);
    assert.deepEqual(places({ retries: { attempts: 1, on: ["503", "503"] } }), ["r.retries.on[1]"]);
  });

  it("wants a fault in a block of faults", () => {
    assert.deepEqual(places({ fault: { percent: 5 } }), ["r.fault"]);
    assert.deepEqual(places({ fault: { delaySeconds: 5 } }), []);
    assert.deepEqual(places({ fault: { abortStatus: 500 } }), []);
  });

  it("wants headers once, and not too many", () => {
    assert.deepEqual(places({ requestHeaders: { set: many(16), add: { a: "1" }, remove: ["b"] } }), []);
    assert.deepEqual(places({ requestHeaders: {} }), ["r.requestHeaders"]);
    assert.deepEqual(places({ requestHeaders: { set: many(17) } }), ["r.requestHeaders"]);
    assert.deepEqual(places({ responseHeaders: { set: { a: "1" }, add: { A: "1" }, remove: ["a"] } }), [
      "r.responseHeaders.add.A",
      "r.responseHeaders.remove[0]",
    ]);
  });

  it("lets the Host of a request be set, and nothing else be done with it", () => {
    assert.deepEqual(places({ requestHeaders: { set: { Host: "b" } } }), []);
    assert.deepEqual(places({ requestHeaders: { add: { host: "b" } } }), ["r.requestHeaders.add.host"]);
    assert.deepEqual(places({ responseHeaders: { set: { host: "b" } } }), ["r.responseHeaders.set.host"]);
  });

  it("refuses credentials for everybody, and a wildcard beside names", () => {
    assert.deepEqual(places({ cors: { origins: ["*"], methods: ["*"], headers: ["*"] } }), []);
    assert.deepEqual(places({ cors: { origins: ["*"], methods: ["*"], credentials: true } }), [
      ...["r.cors.origins", "r.cors.methods"],
    ]);
    assert.deepEqual(places({ cors: { origins: ["*", ...origins] } }), ["r.cors.origins"]);
    assert.deepEqual(places({ cors: { origins: [...origins, ...origins] } }), ["r.cors.origins[1]"]);
  });

  it("wants preflight requests to come to a route with CORS", () => {
    assert.deepEqual(places({ methods: ["GET"], cors: { origins } }), ["r.methods"]);
    assert.deepEqual(places({ methods: ["GET", "OPTIONS"], cors: { origins } }), []);
    assert.deepEqual(places({ methods: [], cors: { origins } }), []);
  });
});

describe("warnOfPolicy", () => {
  it("names faults, and CORS that preflight requests do not reach", () => {
    assert.deepEqual(warnings({ cors: { origins }, queryParams: { a: "1" } }), []);
    assert.match(String(warnings({ fault: { abortStatus: 503 } })[0]), /^r\.fault: .* a\.example\.com on purpose/);
    assert.match(String(warnings({ headers: { a: "1" }, cors: { origins } })[0]), /^r\.cors: preflight requests/);
  });
});
