import { problemIf } from "../../inputs/problem";
import type { Resolved } from "../../plan/problem";
import { IpAddressType, IpFamily } from "../../plan/enums";

export interface AddressTypeContext {
  readonly path: string;
  readonly ipFamily: IpFamily;
  /** The load balancer's targets are the nodes. */
  readonly nodePorts: boolean;
}

/** Decides which addresses a load balancer has: on an IPv6 cluster always those of both families. */
export function resolveAddressType(
  given: IpAddressType | undefined,
  { path, ipFamily, nodePorts }: AddressTypeContext,
): Resolved<IpAddressType> {
  if (ipFamily === IpFamily.Ipv4) return { settings: given ?? IpAddressType.Ipv4, problems: [], warnings: [] };
  return {
    settings: IpAddressType.Dualstack,
    problems: problemIf(given === IpAddressType.Ipv4, `${path}.ipAddressType`, {
      given,
      allowed:
        '"dualstack" with cluster.ipFamily "ipv6": the controller builds no IPv4-only load balancer for IPv6 pods',
      suggestion: 'write "dualstack", or remove the line',
    }),
    warnings: nodePorts
      ? [
          `${path}: the targets are nodes, and on an IPv6 cluster each of them needs a primary IPv6 address (PrimaryIpv6 in the ` +
            "launch template); Elastic Load Balancing refuses other nodes. An NLB with ip targets needs none.",
        ]
      : [],
  };
}
