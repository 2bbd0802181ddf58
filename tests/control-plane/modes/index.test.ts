import assert from "node:assert/strict";
import { enrolmentLabels, modes } from "../../../components/control-plane/modes";

describe("modes", () => {
  it("has a module for each mode, and a proxy for each node in ambient only", () => {
    assert.deepEqual(
      Object.entries(modes).map(([name, { ztunnel }]) => [name, ztunnel]),
      [
        ["sidecar", false],
        ["ambient", true],
      ],
    );
  });
});

describe("enrolmentLabels", () => {
  it("enrols by injection, by the data plane's label, or not at all", () => {
    assert.deepEqual(enrolmentLabels("sidecar", ""), { "istio-injection": "enabled" });
    assert.deepEqual(enrolmentLabels("sidecar", "prod"), { "istio.io/rev": "prod" });
    assert.deepEqual(enrolmentLabels("ambient", "prod"), { "istio.io/dataplane-mode": "ambient" });
    assert.deepEqual(enrolmentLabels("none", "prod"), {});
  });
});
