import assert from "node:assert/strict";
import { planCloudwatch, planCloudwatchRole } from "../../components/addons/cloudwatch-plan";

const place = {
  namespace: "istio-system",
  clusterName: "prod",
  region: () => "eu-central-1",
  tags: { team: "shop" },
  permissionsBoundary: undefined,
};
const context = { place, roleArn: "arn:role", after: ["istiod"] };

describe("planCloudwatch", () => {
  it("is the add-on of EKS, after the mesh and what its role may do", () => {
    assert.deepEqual(planCloudwatch({ version: undefined, configuration: { a: 1 } }, context), {
      name: "addon-cloudwatch",
      after: ["istiod", "permissions-cloudwatch"],
      clusterName: "prod",
      addonName: "amazon-cloudwatch-observability",
      version: undefined,
      configuration: { a: 1 },
      serviceAccount: "cloudwatch-agent",
      roleArn: "arn:role",
      tags: { team: "shop" },
    });
  });

  it("has a role that writes metrics, logs and traces, which EKS gives to the agent itself", () => {
    const { permissions, association, trust } = planCloudwatchRole(place);
    const document = JSON.parse(permissions.document.concat.join("")) as { Statement: { Action: string[] }[] };
    const services = new Set(document.Statement.flatMap(({ Action }) => Action.map((action) => action.split(":")[0])));
    assert.deepEqual([...services].sort(), ["cloudwatch", "ec2", "logs", "xray"]);
    assert.equal(association, undefined);
    assert.match(trust.concat.join(""), /"amazon-cloudwatch".*"cloudwatch-agent"/);
  });
});
