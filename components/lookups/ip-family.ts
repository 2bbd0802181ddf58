import * as pulumi from "@pulumi/pulumi";

/** What the arguments hold about the addresses of pods and Services. */
export interface DeclaredIpFamily {
  /** `cluster.ipFamily`, or its default. */
  readonly declared: string;
  /** Ingresses whose load balancers have IPv4 addresses only. */
  readonly ipv4Only: readonly string[];
  readonly parent: pulumi.Resource | undefined;
}

/**
 * Compares `cluster.ipFamily` with what EKS reports. The load balancer controller refuses IPv6 Services behind a load
 * balancer with IPv4 addresses only, and Pulumi would wait for its address in vain.
 *
 * Source: aws-load-balancer-controller pkg/service/model_build_target_group.go, buildTargetGroupIPAddressType.
 */
export function checkIpFamily(found: string | undefined, { declared, ipv4Only, parent }: DeclaredIpFamily): void {
  if (found === undefined || found === declared) return;
  if (found === "ipv4") {
    throw new pulumi.RunError(
      "istio-eks: EKS reports that pods and Services of this cluster have IPv4 addresses. Remove cluster.ipFamily.",
    );
  }
  if (ipv4Only.length > 0) {
    throw new pulumi.RunError(
      `istio-eks: EKS reports that pods and Services of this cluster have IPv6 addresses, for which the load balancer ` +
        `controller builds no load balancer with IPv4 addresses only: ${ipv4Only.join(", ")}. Write cluster.ipFamily: "ipv6".`,
    );
  }
  void pulumi.log.warn(
    `cluster.ipFamily: EKS reports ${found}. Write cluster.ipFamily: "ipv6", so that defaults and checks fit the cluster.`,
    parent,
  );
}
