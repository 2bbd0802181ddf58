import assert from "node:assert/strict";
import { plaintextPortsShape } from "../../../components/inputs/kubernetes/plaintext-ports-args";
import { checkShape } from "../../../components/inputs/shape";

const places = (args: unknown) => checkShape(plaintextPortsShape, args).problems.map(({ path }) => path);

describe("plaintextPortsShape", () => {
  it("takes ports of pods with labels", () => {
    assert.deepEqual(places({ selector: { app: "shop", "a.b/c": "" }, ports: [1, 9090, 65535] }), []);
  });

  it("wants both", () => assert.deepEqual(places({}), ["selector", "ports"]));

  it("refuses ports that there are not, and labels with spaces", () => {
    assert.deepEqual(places({ selector: { app: "my shop" }, ports: [0, 65536, "80", 80] }), [
      "selector.app",
      "ports[0]",
      "ports[1]",
      "ports[2]",
    ]);
  });
});
