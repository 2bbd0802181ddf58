import assert from "node:assert/strict";
import { madeUp, madeUpPlan } from "../support/plans";
import { pairsOf, planDiff } from "../support/steps";

const plan = (resources: readonly Parameters<typeof madeUp>[1][], warnings: readonly string[] = []) =>
  madeUpPlan(
    resources.map((resource) => ({ ...madeUp("", resource), wave: 0 })),
    { warnings },
  );

describe("planDiff", () => {
  it("reports what is made, changed and removed, and how much stays", () => {
    const was = plan([
      { name: "a", inputs: { x: 1, gone: true } },
      { name: "b", inputs: { same: 1 } },
      { name: "c", inputs: { metadata: { name: "c" } } },
    ]);
    const is = plan(
      [
        { name: "a", inputs: { x: 2, list: [{ name: "n" }] } },
        { name: "b", inputs: { same: 1 }, dependsOn: ["a"] },
        { name: "d", inputs: { metadata: { name: "d", namespace: "e" } } },
      ],
      ["mind the gap"],
    );
    assert.deepEqual(planDiff(was, is).split("\n"), [
      "~ a  Thing",
      "      x: 1 → 2",
      "    - gone: true",
      '    + list: [{"name":"n"}]',
      "+ d  Thing: d in e",
      "- c  Thing: c",
      "  1 other stays as it is",
      "  warning: mind the gap",
      "",
    ]);
  });

  it("tells a change of an option", () => {
    const [was, is] = [plan([{ name: "a" }]), plan([{ name: "a", options: { protect: true } }])];
    assert.match(planDiff(was, is), /^~ a {2}Thing\n {4}\+ options\.protect: true\n/);
  });
});

describe("planDiff of what Pulumi makes anew", () => {
  it("tells it apart from what changes in place", () => {
    const of = (name: string) =>
      plan([{ name: "a", type: "kubernetes:core/v1:ConfigMap", inputs: { metadata: { name } } }]);
    assert.match(planDiff(of("one"), of("two")), /^± a {2}ConfigMap\n {6}metadata\.name: "one" → "two"\n {2}0 others/);
  });
});

describe("pairsOf", () => {
  it("puts each item beside the one before it", () => {
    assert.deepEqual(pairsOf([1, 2, 3]), [
      [1, 2],
      [2, 3],
    ]);
    assert.deepEqual(pairsOf([1]), []);
  });
});
