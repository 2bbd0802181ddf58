import assert from "node:assert/strict";
import { planPodRole } from "../../components/addons/pod-role-plan";
import type { Interpolation } from "../../components/plan/input-value";

const later = Promise.resolve("prod");
const place = {
  namespace: "istio-system",
  clusterName: later,
  region: () => "eu-central-1",
  tags: { team: "shop" },
  permissionsBoundary: undefined,
};
const bearer = { addon: "x", description: "Lets x write", namespace: "istio-system", serviceAccount: "x" };
const plan = planPodRole(bearer, { actions: ["aps:RemoteWrite"], resource: Promise.resolve("arn:x") }, place);

/** The document, with a text in place of what is known later. */
function documentOf({ concat }: Interpolation, inputValue: string): unknown {
  return JSON.parse(concat.map((part) => (typeof part === "string" ? part : inputValue)).join(""));
}

describe("planPodRole", () => {
  it("trusts EKS to give the role to one ServiceAccount of one cluster, and to nobody else", () => {
    assert.deepEqual(documentOf(plan.trust, "prod"), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "prod",
              "aws:RequestTag/kubernetes-namespace": "istio-system",
              "aws:RequestTag/kubernetes-service-account": "x",
            },
          },
        },
      ],
    });
    assert.ok(plan.trust.concat.includes(later), "the cluster's name is carried, not opened");
  });

  it("permits what is asked for, on what is asked for", () => {
    assert.deepEqual(documentOf(plan.permissions.document, "arn:x"), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["aps:RemoteWrite"], Resource: "arn:x" }],
    });
  });

  it("gives the role to the pods of the ServiceAccount", () => {
    assert.deepEqual(plan.association, {
      name: "pod-identity-x",
      clusterName: later,
      namespace: "istio-system",
      serviceAccount: "x",
    });
    assert.deepEqual([plan.name, plan.permissions.name, plan.tags], ["pod-role-x", "permissions-x", { team: "shop" }]);
  });
});
