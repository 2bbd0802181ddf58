import assert from "node:assert/strict";
import { checkShape } from "../../../components/inputs/shape";
import { routeShape } from "../../../components/ingress/routes/route-args";
import { placesOf } from "../../support/settings";

const route = { host: "app.example.com", service: "web", namespace: "shop", port: 80 };
const wrong = (changes: object) => placesOf(checkShape(routeShape, { ...route, ...changes }));

describe("routeShape", () => {
  it("takes a host, a Service and its port, and a path and a weight if one likes", () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ host: "*", path: "/cart", weight: 0 }), []);
  });

  it("wants host, Service, namespace and port", () => {
    assert.deepEqual(placesOf(checkShape(routeShape, {})), ["host", "service", "namespace", "port"]);
  });

  it("refuses what is no path, port or percentage, and names it does not know", () => {
    const changes = { path: "cart", port: 0, weight: 101, prefix: "/" };
    assert.deepEqual(wrong(changes), ["port", "weight", "prefix", "path"]);
  });
});
