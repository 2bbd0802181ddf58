import { problemIf } from "../inputs/problem";
import type { ClusterArgs } from "./cluster-args";
import type { Problem } from "../plan/problem";

/**
 * Refuses an AWS identity that nothing would use: a kubeconfig of the user's and an `eks.Cluster` bring credentials of
 * their own. Only the cleanup asks AWS beside them, for network interfaces.
 */
export function checkClusterIdentity(cluster: ClusterArgs, cleanupAsksAws: boolean): readonly Problem[] {
  if (cleanupAsksAws) return [];
  const { kubeconfig, eksCluster } = cluster;
  if (kubeconfig === undefined && eksCluster === undefined) return [];
  const { owner, suggestion } =
    kubeconfig === undefined
      ? { owner: "eksCluster", suggestion: "set providerCredentialOpts of the eks.Cluster, and remove this member" }
      : { owner: "kubeconfig", suggestion: "remove it, or remove cluster.kubeconfig" };
  return (["roleArn", "profile"] as const).flatMap((member) =>
    problemIf(cluster[member] !== undefined, `cluster.${member}`, {
      given: cluster[member],
      allowed: `nothing beside cluster.${owner}, which has credentials of its own`,
      suggestion,
    }),
  );
}
