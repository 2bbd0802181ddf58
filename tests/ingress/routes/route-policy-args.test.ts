import assert from "node:assert/strict";
import { checkShape } from "../../../components/inputs/shape";
import {
  corsShape,
  faultShape,
  headersShape,
  mirrorShape,
  redirectShape,
  retriesShape,
} from "../../../components/ingress/routes/route-policy-args";
import { placesOf } from "../../support/settings";

describe("the blocks of a route", () => {
  it("take what is well-formed", () => {
    const blocks = [
      checkShape(retriesShape, { attempts: 3, on: ["503", "5xx"], perTryTimeoutSeconds: 0.5 }),
      checkShape(mirrorShape, { service: "lab", namespace: "lab", port: 80, percent: 0.5 }),
      checkShape(faultShape, { delaySeconds: 1, abortStatus: 503, percent: 5 }),
      checkShape(headersShape, { set: { a: "%REQ(b)%" }, add: { c: "1" }, remove: ["d"] }),
      checkShape(redirectShape, { host: "b.example.com", path: "/x/", status: 308 }),
      checkShape(corsShape, { origins: ["*"], methods: ["*"], headers: ["*"], maxAgeSeconds: 1, credentials: false }),
    ];
    assert.deepEqual(blocks.flatMap(placesOf), []);
  });

  it("want what they cannot do without", () => {
    assert.deepEqual(placesOf(checkShape(retriesShape, { on: [] })), ["attempts", "on"]);
    assert.deepEqual(placesOf(checkShape(mirrorShape, {})), ["service", "namespace", "port"]);
    assert.deepEqual(placesOf(checkShape(corsShape, { origins: [] })), ["origins"]);
  });

  it("refuse a redirect with another status", () => {
    assert.deepEqual(placesOf(checkShape(redirectShape, { status: 304 })), ["status"]);
    assert.deepEqual(placesOf(checkShape(redirectShape, { status: "301" })), ["status"]);
  });
});
