import {
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { Machine } from "../../live/test-env/network";

/** A load balancer, as far as its firewall is concerned. */
export interface Guarded {
  /** What its connections to targets carry. */
  readonly mark: number;
  readonly addresses: readonly string[];
  readonly securityGroupIds: readonly string[];
}

interface Node {
  readonly machine: Machine;
  readonly securityGroupIds: readonly string[];
}

/** Security groups around load balancers, as rules of the router's firewall: what no rule admits gets no answer. */
export class Firewall {
  private nodes: readonly Node[] | undefined;

  public constructor(
    private readonly ec2: EC2Client,
    private readonly machines: readonly Machine[],
  ) {}

  /** A script for `nft` that puts these rules in the place of those before. */
  public async rules(balancers: readonly Guarded[]): Promise<string> {
    this.nodes ??= await this.readNodes();
    const { nodes } = this;
    const { SecurityGroupRules = [] } = await this.ec2.send(new DescribeSecurityGroupRulesCommand({}));
    const admitted = SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true);
    const guarded = balancers.filter(({ securityGroupIds }) => securityGroupIds.length > 0);
    return [
      "table ip groups",
      "delete table ip groups",
      "table ip groups {",
      "chain input { type filter hook input priority 0; policy accept;",
      "ct state established,related accept",
      ...guarded.flatMap((balancer) => toBalancer(balancer, admitted)),
      "}",
      "chain output { type filter hook output priority 0; policy accept;",
      "ct state established,related accept",
      ...guarded.flatMap((balancer) => toTargets(balancer, nodes, admitted)),
      "}",
      "}",
      "",
    ].join("\n");
  }

  private async readNodes(): Promise<readonly Node[]> {
    const { Reservations = [] } = await this.ec2.send(new DescribeInstancesCommand({}));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    return this.machines.map((machine) => {
      const instance = instances.find(({ InstanceId }) => InstanceId === machine.instanceId);
      return { machine, securityGroupIds: (instance?.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []) };
    });
  }
}

/** From clients: by their addresses. */
function toBalancer({ addresses, securityGroupIds }: Guarded, rules: readonly SecurityGroupRule[]): readonly string[] {
  const at = `ip daddr { ${addresses.join(", ")} }`;
  const own = rules.filter(({ GroupId = "" }) => securityGroupIds.includes(GroupId));
  const open = own.flatMap((rule) =>
    rule.CidrIpv4 === undefined ? [] : [`${at} ip saddr ${rule.CidrIpv4} ${portsOf(rule)} accept`],
  );
  return [...open, `${at} drop`];
}

/** To nodes and pods: where a rule of their group names a group of the load balancer, or its address. */
function toTargets(
  { mark, addresses, securityGroupIds }: Guarded,
  nodes: readonly Node[],
  rules: readonly SecurityGroupRule[],
): readonly string[] {
  const from = `meta mark ${mark}`;
  const open = nodes.flatMap(({ machine: { address, podCidr }, securityGroupIds: groups }) => {
    const own = rules.filter(({ GroupId = "" }) => groups.includes(GroupId));
    return own.flatMap((rule) => {
      const group = rule.ReferencedGroupInfo?.GroupId ?? "";
      const named = securityGroupIds.includes(group);
      if (!named && rule.CidrIpv4 === undefined) return [];
      const source = named ? "" : `ip saddr ${String(rule.CidrIpv4)}`;
      return [`${from} ${source} ip daddr { ${address}, ${podCidr} } ${portsOf(rule)} accept`];
    });
  });
  return [`# ${addresses.join(", ")}`, ...open, `${from} drop`];
}

function portsOf({ IpProtocol, FromPort = 0, ToPort = 65_535 }: SecurityGroupRule): string {
  if (IpProtocol === "-1") return "";
  return FromPort <= 0 ? "meta l4proto tcp" : `tcp dport ${FromPort}-${ToPort}`;
}
