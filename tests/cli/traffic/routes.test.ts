import assert from "node:assert/strict";
import { routesOf } from "../../../cli/traffic/routes";
import { madeUp } from "../../support/plans";

describe("routesOf", () => {
  it("takes a rule without a match for every path", () => {
    const rules = [{ backendRefs: [{ name: "web", port: 80 }] }];
    const inputs = { metadata: { namespace: "shop" }, spec: { hostnames: ["shop.example.com"], rules } };
    assert.deepEqual(routesOf(madeUp("route", { inputs })), [
      {
        ...{ host: "shop.example.com", path: "/" },
        destinations: [{ service: "web", namespace: "shop", port: "80", weight: undefined }],
      },
    ]);
  });

  it("takes a match without a path for every path", () => {
    const rules = [{ matches: [{ headers: [{ name: "x-beta", value: "yes" }] }], backendRefs: [] }];
    const [route] = routesOf(madeUp("route", { inputs: { spec: { hostnames: ["shop.example.com"], rules } } }));
    assert.equal(route?.path, "/");
  });
});
