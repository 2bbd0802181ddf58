import { membersOf, textOf } from "../members";
import type { Recorded } from "../plan/recording";
import type { LoadBalancer } from "./load-balancer";

/** Those who may connect to a load balancer. */
export interface Clients {
  /** A range of addresses, a prefix list or a security group. */
  readonly peer: string;
  readonly ports: readonly number[];
  /** Anyone on the internet. */
  readonly open: boolean;
}

const everyone = ["0.0.0.0/0", "::/0"];

/** Whom a rule of a security group names. */
export function peerOf(inputs: unknown): string {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = membersOf(inputs);
  const peers = [cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId].filter((one) => one !== undefined);
  return peers.map(textOf).join("");
}

/** Whether a rule lets everyone in. */
export function isOpenRule({ type, inputs }: Recorded): boolean {
  return type.endsWith(":SecurityGroupIngressRule") && everyone.includes(peerOf(inputs));
}

/** Who may connect to a load balancer, by the rules of its security groups. */
export function clientsOf(
  resources: readonly Recorded[],
  { securityGroups, scheme }: LoadBalancer,
): readonly Clients[] {
  const ports = new Map<string, number[]>();
  for (const { type, inputs } of resources) {
    const { securityGroupId, fromPort } = membersOf(inputs);
    if (!type.endsWith(":SecurityGroupIngressRule") || !securityGroups.includes(textOf(securityGroupId))) continue;
    const peer = peerOf(inputs);
    ports.set(peer, [...(ports.get(peer) ?? []), Number(fromPort)]);
  }
  return [...ports].map(([peer, all]) => ({
    peer,
    ports: [...new Set(all)].sort((one, other) => one - other),
    open: scheme === "internet-facing" && everyone.includes(peer),
  }));
}
