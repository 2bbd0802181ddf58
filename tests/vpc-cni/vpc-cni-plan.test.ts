import assert from "node:assert/strict";
import { planVpcCni } from "../../components/vpc-cni/vpc-cni-plan";

describe("planVpcCni", () => {
  it("leaves aws-node alone unless told otherwise", () => assert.deepEqual(planVpcCni(undefined), []));

  it("sets one variable in aws-node, and touches nothing else of it", () => {
    assert.deepEqual(planVpcCni({ podSecurityGroupEnforcingMode: "standard" }), [
      {
        name: "vpc-cni-standard",
        after: [],
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        patch: true,
        metadata: { name: "aws-node", namespace: "kube-system" },
        body: {
          spec: {
            template: {
              spec: {
                containers: [
                  { name: "aws-node", env: [{ name: "POD_SECURITY_GROUP_ENFORCING_MODE", value: "standard" }] },
                ],
              },
            },
          },
        },
      },
    ]);
  });

  it("sets that of the init container too where the mode needs it", () => {
    assert.match(
      JSON.stringify(planVpcCni({ podSecurityGroupEnforcingMode: "strict" })),
      /"initContainers":\[\{"name":"aws-vpc-cni-init","env":\[\{"name":"DISABLE_TCP_EARLY_DEMUX","value":"true"\}\]\}\]/,
    );
  });
});
