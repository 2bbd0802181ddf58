import type { ClusterAccess } from "../test-env/kubernetes-client";

/** What EKS knows of a cluster, and moto makes up. */
export interface EksCluster {
  readonly access: ClusterAccess;
  readonly securityGroupId: string;
  readonly vpcId: string;
}

/** moto's answer to DescribeCluster with the real address, certificate and security group of the cluster in it. */
export function completeCluster(body: string, clusters: ReadonlyMap<string, EksCluster>): string {
  const answer = JSON.parse(body) as { readonly cluster?: Readonly<Record<string, unknown>> };
  const known = clusters.get(String(answer.cluster?.["name"]));
  if (known === undefined) return body;
  const { access, securityGroupId, vpcId } = known;
  const vpc = answer.cluster?.["resourcesVpcConfig"] as object;
  return JSON.stringify({
    cluster: {
      ...answer.cluster,
      status: "ACTIVE",
      endpoint: access.server,
      certificateAuthority: { data: Buffer.from(access.certificateAuthority).toString("base64") },
      resourcesVpcConfig: { ...vpc, vpcId, clusterSecurityGroupId: securityGroupId },
    },
  });
}
