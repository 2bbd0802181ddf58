import assert from "node:assert/strict";
import type { ClusterArgs } from "../../components";
import { checkClusterIdentity } from "../../components/cluster/cluster-identity-check";

/** What of a cluster of @pulumi/eks can be recognised without Pulumi's code. */
const eksCluster = { eksCluster: {} } as unknown as NonNullable<ClusterArgs["eksCluster"]>;
const problems = (cluster: ClusterArgs, cleanupAsksAws = false) => checkClusterIdentity(cluster, cleanupAsksAws);
const identity = { roleArn: "arn:aws:iam::123456789012:role/deployer", profile: "work" };

describe("checkClusterIdentity", () => {
  it("takes an identity where the component makes the kubeconfig", () => {
    assert.deepEqual(problems({ name: "prod", ...identity }), []);
  });

  it("refuses it where nothing would use it", () => {
    for (const [cluster, owner, suggestion] of [
      [{ name: "prod", kubeconfig: "k" }, "kubeconfig", "remove it, or remove cluster.kubeconfig"],
      [{ eksCluster }, "eksCluster", "set providerCredentialOpts of the eks.Cluster, and remove this member"],
    ] as const) {
      assert.deepEqual(problems(cluster), []);
      const found = problems({ ...cluster, ...identity });
      assert.deepEqual(
        found.map(({ path }) => path),
        ["cluster.roleArn", "cluster.profile"],
      );
      for (const problem of found) {
        assert.equal(problem.allowed, `nothing beside cluster.${owner}, which has credentials of its own`);
        assert.equal(problem.suggestion, suggestion);
      }
    }
  });

  it("takes it beside them where the cleanup asks EC2", () => {
    assert.deepEqual(problems({ name: "prod", kubeconfig: "k", ...identity }, true), []);
    assert.deepEqual(problems({ eksCluster, ...identity }, true), []);
  });
});
