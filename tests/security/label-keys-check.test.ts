import assert from "node:assert/strict";
import { checkLabelKeys } from "../../components/security/label-keys-check";

describe("checkLabelKeys", () => {
  it("has nothing against keys that Kubernetes takes", () => {
    assert.deepEqual(checkLabelKeys({ app: "shop", "app.kubernetes.io/name": "" }, "selector"), []);
  });

  it("quotes the others", () => {
    assert.deepEqual(
      checkLabelKeys({ 'my "app"': "shop", app: "" }, "selector").map(({ path, given }) => [path, given]),
      [['selector["my \\"app\\""]', '"shop"']],
    );
  });
});
