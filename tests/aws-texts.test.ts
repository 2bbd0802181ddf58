import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import { combinations, wholeMesh } from "./support/args";
import { nearlyValidArgs } from "./support/arbitrary-args";
import { refusedTexts } from "./support/aws-texts";
import { planScenario, scenarios } from "./support/golden";
import { planOf, planOfWholeMesh } from "./support/plans";
import { madeUp } from "./support/plans";

describe("Every name, description and tag that a mesh gives to AWS", () => {
  for (const scenario of scenarios()) {
    it(`is accepted by AWS: ${scenario.name}`, async () => {
      assert.deepEqual(refusedTexts((await planScenario(scenario)).resources), []);
    });
  }

  for (const combination of combinations) {
    it(`is accepted by AWS: ${Object.values(combination).join(", ")}`, async () => {
      assert.deepEqual(refusedTexts((await planOfWholeMesh(combination)).resources), []);
    });
  }

  it("is accepted by AWS with the longest names and the most tags", async () => {
    const name = "n".repeat(40);
    const tags = Object.fromEntries(Array.from({ length: 47 }, (_, index) => [`${index}`.padEnd(128, "k"), "Größe"]));
    const { cluster } = wholeMesh({ mode: "ambient", strategy: "alb", routing: "istio" });
    const addons = { cloudwatch: {} };
    const additionalIngresses = { [name]: { strategy: "nlb", nlb: { targetType: "instance" } } };
    const args = { mode: "ambient", cluster, additionalIngresses, addons, tags, security: { nodeRules: "always" } };
    assert.deepEqual(refusedTexts((await planOf(args)).resources), []);
  });

  it("is accepted by AWS whatever the arguments are", async () => {
    await fc.assert(
      fc.asyncProperty(nearlyValidArgs, async (args) => {
        fc.pre(resolveIstioMesh(args).problems.length === 0);
        assert.deepEqual(refusedTexts((await planOf(args)).resources), []);
      }),
      { numRuns: 25 },
    );
  });
});

describe("refusedTexts", () => {
  it("finds what AWS refuses", () => {
    const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const role = { type: "aws:iam/role:Role", inputs: { description: "\u2013", tags: { "aws:x": "", "a#": "#" } } };
    assert.deepEqual(
      refusedTexts([
        madeUp("apostrophe", { type: rule, inputs: { description: "istiod's webhooks" } }),
        madeUp("sg-mesh", { type: "aws:ec2/securityGroup:SecurityGroup" }),
        madeUp("role", role),
        madeUp("elsewhere", { inputs: { description: "'" } }),
      ]),
      [
        "apostrophe: description: istiod's webhooks",
        "sg-mesh: : sg-mesh",
        "role: description: \u2013",
        "role: tag aws:x",
        "role: tag a#",
        "role: value of tag a#",
      ],
    );
  });
});
