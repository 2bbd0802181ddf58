import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { EksAddonPlan } from "../../components/plan/eks-addon";
import { makeEksAddons } from "../../components/resources/eks-addons";
import { recordMaking } from "../support/resource-registry";

const plan: EksAddonPlan = {
  name: "addon-x",
  after: [],
  clusterName: "prod",
  addonName: "amazon-x",
  version: undefined,
  configuration: {},
  serviceAccount: "x",
  roleArn: "arn:role",
  tags: {},
};
const inputsOf = async (changes: Partial<EksAddonPlan>) => {
  const { find } = await recordMaking((created) => makeEksAddons(created, [{ ...plan, ...changes }]));
  return find("mesh-addon-x").inputs as Readonly<Record<string, unknown>>;
};

describe("makeEksAddons", () => {
  it("leaves version and configuration to EKS, and gives its pods their role", async () => {
    assert.deepEqual(await inputsOf({}), {
      clusterName: "prod",
      addonName: "amazon-x",
      podIdentityAssociations: [{ serviceAccount: "x", roleArn: "arn:role" }],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      tags: {},
    });
  });

  it("writes a configuration as JSON, with what is known only later in it", async () => {
    const configuration = { agent: { config: pulumi.output("late") } };
    const inputs = await inputsOf({ version: "v1", configuration });
    assert.equal(inputs["addonVersion"], "v1");
    assert.equal(inputs["configurationValues"], '{"agent":{"config":"late"}}');
  });
});
