import assert from "node:assert/strict";
import { foldGroups, groupName, groupText } from "../../../cli/plan/folding";
import { inWaves } from "../../../cli/plan/graph";
import { withIngress } from "../../support/args";
import { madeUp, planOf } from "../../support/plans";

const folded = (...resources: readonly ReturnType<typeof madeUp>[]) =>
  foldGroups(inWaves(resources)).map((group) => group.map(({ name }) => name).join(" "));

describe("foldGroups", () => {
  it("puts together what comes after others that are alike, though not after the same ones", () => {
    const pairs = ["a", "b", "c"].flatMap((one) => [madeUp(one), madeUp(`${one}-next`, { dependsOn: [one] })]);
    assert.deepEqual(folded(...pairs), ["a b c", "a-next b-next c-next"]);
  });

  it("keeps apart what others come after in another way, however far away that is", () => {
    const chains = ["a", "b", "c"].flatMap((one) => [
      madeUp(one),
      madeUp(`${one}-2`, { dependsOn: [one] }),
      madeUp(`${one}-3`, { dependsOn: [`${one}-2`] }),
    ]);
    const odd = [
      madeUp("d"),
      madeUp("d-2", { dependsOn: ["d"] }),
      madeUp("d-3", { dependsOn: ["d-2", "x"] }),
      madeUp("x"),
    ];
    assert.deepEqual(folded(...chains, ...odd), ["a b c", "d", "x", "a-2 b-2 c-2", "d-2", "a-3 b-3 c-3", "d-3"]);
  });

  it("never puts a rule that lets everyone in with others", async () => {
    const ranges = ["203.0.113.0/24", "198.51.100.0/24", "0.0.0.0/0"];
    const plan = await planOf(withIngress({ scheme: "internet-facing", allowedCidrs: ranges }));
    const rules = foldGroups(plan.resources).filter(([first]) => first?.name.startsWith("mesh-rule-") === true);
    const open = rules.filter((group) => group.some(({ name }) => name.includes("0.0.0.0/0")));
    assert.deepEqual(
      open.map((group) => group.map(({ name }) => name)),
      [["mesh-rule-istio-ingress/http-from-0.0.0.0/0"], ["mesh-rule-istio-ingress/https-from-0.0.0.0/0"]],
    );
    assert.ok(rules.some((group) => group.length === 4 && group.every(({ name }) => name.includes("-from-"))));
  });

  it("never puts load balancers, their groups and Helm releases together, and records only of one load balancer", async () => {
    const hosts = (name: string) => ["a", "b", "c"].map((one) => `${one}.${name}.example.com`);
    const ingress = (name: string) => ({
      ...{ strategy: "nlb" as const, hostnames: hosts(name), dns: { zoneName: "example.com" } },
    });
    const plan = await planOf(
      withIngress(ingress("one"), { additionalIngresses: { two: ingress("two"), three: ingress("three") } }),
    );
    const groups = foldGroups(plan.resources).filter((group) => group.length > 1);
    for (const [first] of groups) assert.doesNotMatch(String(first?.type), /Release|Service$|SecurityGroup$/);
    const records = groups.filter(([first]) => first?.type.endsWith(":Record"));
    assert.deepEqual(
      records.map((group) => group.length),
      [3, 3, 3],
    );
  });
});

describe("The name and the text of a group", () => {
  it("are those of its only resource, or of the first and the last", () => {
    assert.equal(groupName(["mesh-a"]), "mesh-a");
    assert.equal(groupName(["mesh-a", "mesh-ab"]), "mesh-a…");
    const named = inWaves(["x", "y", "z"].map((name) => madeUp(name, { inputs: { metadata: { name } } })));
    assert.equal(groupText(named), "3 × Thing: x … z");
    assert.equal(groupText(named.slice(0, 1)), "Thing: x");
  });
});
