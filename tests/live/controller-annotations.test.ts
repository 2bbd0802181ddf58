import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { controllerAnnotations, fixture } from "./build/controller-annotations";

describe("The annotations that the unit tests hold the component's lists against", () => {
  const found = controllerAnnotations();

  it(`are those of the controller's source${found === undefined ? "; missing: it, in Go's module cache (npm run live:build)" : ""}`, function () {
    if (found === undefined) {
      assert.notEqual(process.env["REQUIRE_LIVE"], "1", "the controller's source is missing in Go's module cache");
      this.skip();
    }
    assert.ok(found.ingress.length > 50 && found.service.length > 40);
    assert.deepEqual(
      JSON.parse(readFileSync(fixture, "utf8")),
      found,
      "npm run controller-annotations writes them anew",
    );
  });
});
