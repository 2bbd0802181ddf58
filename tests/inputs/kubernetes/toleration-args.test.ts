import assert from "node:assert/strict";
import { tolerationShape } from "../../../components/inputs/kubernetes/toleration-args";

describe("tolerationShape", () => {
  it("takes what Kubernetes takes", () => {
    const tolerations = [{ operator: "Exists" }, { key: "a", operator: "Equal", value: "b", effect: "NoSchedule" }];
    for (const one of tolerations) assert.ok(tolerationShape.safeParse(one).success);
  });

  it("refuses an effect that there is not", () => {
    assert.ok(!tolerationShape.safeParse({ effect: "Never" }).success);
  });
});
