import { DescribeManagedPrefixListsCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { DescribeSecurityGroupRulesCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import ipaddr from "ipaddr.js";
import type { AwsFault } from "../answer";
import { type Ruled, listOf, refuse, textOf } from "./rule";

/** What a rule lets through, without its description: AWS takes two rules with the same content for one. */
interface Content {
  readonly protocol: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly peer: string;
}

interface Permission {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly { readonly CidrIp?: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6?: string }[];
  readonly PrefixListIds?: readonly { readonly PrefixListId?: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId?: string }[];
}

/** A rule as `ModifySecurityGroupRules` and `DescribeSecurityGroupRules` write it. */
interface FlatRule {
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIpv4?: string | undefined;
  readonly CidrIpv6?: string | undefined;
  readonly PrefixListId?: string | undefined;
  readonly ReferencedGroupId?: string | undefined;
  readonly ReferencedGroupInfo?: { readonly GroupId?: string | undefined } | undefined;
}

/** Rules of one direction that a group may have; IPv4 and IPv6 are counted apart. */
const quota = 60;

/** New rules: their ranges and ports, their peers, duplicates by content, and the quota. */
export async function newRulesRefusal({ parameters, operation, moto }: Ruled): Promise<AwsFault | undefined> {
  const added = listOf<Permission>(parameters, "IpPermissions").flatMap(contentsOf);
  const malformed = added.map(malformedRefusal).find((refusal) => refusal !== undefined);
  if (malformed !== undefined) return malformed;
  const unknown = await unknownPeerRefusal(moto.ec2, added);
  if (unknown !== undefined) return unknown;
  const isEgress = operation === "AuthorizeSecurityGroupEgress";
  const there = await rulesOf(moto.ec2, textOf(parameters, "GroupId"), isEgress);
  const contents = there.map(({ content }) => content);
  return duplicateRefusal(added, contents) ?? (await quotaRefusal(moto.ec2, [...contents, ...added]));
}

/** Changed rules: the same, but for the quota. */
export async function changedRulesRefusal({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const changes = listOf<{ readonly SecurityGroupRuleId: string; readonly SecurityGroupRule?: FlatRule }>(
    parameters,
    "SecurityGroupRules",
  );
  const changed = changes.flatMap(({ SecurityGroupRule: rule }) => (rule === undefined ? [] : [contentOf(rule)]));
  const malformed = changed.map(malformedRefusal).find((refusal) => refusal !== undefined);
  if (malformed !== undefined) return malformed;
  const unknown = await unknownPeerRefusal(moto.ec2, changed);
  if (unknown !== undefined) return unknown;
  const ids = changes.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
  for (const isEgress of [false, true]) {
    const there = await rulesOf(moto.ec2, textOf(parameters, "GroupId"), isEgress);
    // The rules of one call are of one direction.
    if (!there.some(({ id }) => ids.includes(id))) continue;
    return duplicateRefusal(
      changed,
      there.filter(({ id }) => !ids.includes(id)).map(({ content }) => content),
    );
  }
  return undefined;
}

function contentsOf(permission: Permission): readonly Content[] {
  const { IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [] } = permission;
  const { PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const peers: readonly FlatRule[] = [
    ...IpRanges.map(({ CidrIp }) => ({ CidrIpv4: CidrIp })),
    ...Ipv6Ranges,
    ...PrefixListIds,
    ...UserIdGroupPairs.map(({ GroupId }) => ({ ReferencedGroupId: GroupId })),
  ];
  return peers.map((peer) => contentOf({ IpProtocol, FromPort, ToPort, ...peer }));
}

function contentOf(rule: FlatRule): Content {
  const protocol = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", all: "-1" }[String(rule.IpProtocol)];
  const name = protocol ?? String(rule.IpProtocol).toLowerCase();
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupId;
  const all = name === "-1";
  return {
    protocol: name,
    from: all ? undefined : rule.FromPort,
    to: all ? undefined : rule.ToPort,
    peer: canonical(peer ?? rule.ReferencedGroupInfo?.GroupId ?? ""),
  };
}

/** AWS takes 10.0.0.5/16 for 10.0.0.0/16. */
function canonical(peer: string): string {
  if (!ipaddr.isValidCIDR(peer)) return peer;
  const [, length] = ipaddr.parseCIDR(peer);
  const network = peer.includes(":")
    ? ipaddr.IPv6.networkAddressFromCIDR(peer)
    : ipaddr.IPv4.networkAddressFromCIDR(peer);
  return `${network.toString()}/${length}`;
}

function malformedRefusal({ protocol, from, to, peer }: Content): AwsFault | undefined {
  const isId = /^(sg|pl)-/.test(peer);
  if (!isId && !ipaddr.isValidCIDR(peer)) {
    return refuse("InvalidParameterValue", `CIDR block ${peer} is malformed`);
  }
  if (protocol !== "tcp" && protocol !== "udp") return undefined;
  if (from === undefined || to === undefined) {
    return refuse(
      "InvalidParameterValue",
      `Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    );
  }
  const fits = from >= 0 && to <= 65_535 && from <= to;
  return fits ? undefined : refuse("InvalidParameterValue", `Invalid value '${from}-${to}' for portRange.`);
}

async function unknownPeerRefusal(ec2: EC2Client, contents: readonly Content[]): Promise<AwsFault | undefined> {
  const peers = new Set(contents.map(({ peer }) => peer));
  const groups = [...peers].filter((peer) => peer.startsWith("sg-"));
  if (groups.length > 0) {
    const { SecurityGroups: there = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    const ids = there.map(({ GroupId }) => GroupId);
    const unknown = groups.find((group) => !ids.includes(group));
    if (unknown !== undefined) {
      return refuse("InvalidGroup.NotFound", `The security group '${unknown}' does not exist`);
    }
  }
  const lists = [...peers].filter((peer) => peer.startsWith("pl-"));
  if (lists.length === 0) return undefined;
  const ids = (await prefixLists(ec2)).map(({ PrefixListId }) => PrefixListId);
  const unknown = lists.find((list) => !ids.includes(list));
  return unknown === undefined
    ? undefined
    : refuse("InvalidPrefixListId.NotFound", `The prefix list ID '${unknown}' does not exist`);
}

async function prefixLists(ec2: EC2Client) {
  const { PrefixLists: lists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({}));
  return lists;
}

async function rulesOf(ec2: EC2Client, group: string | undefined, isEgress: boolean) {
  const Filters = [{ Name: "group-id", Values: [String(group)] }];
  const { SecurityGroupRules: rules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return rules
    .filter((rule) => (rule.IsEgress ?? false) === isEgress && rule.GroupId === group)
    .map((rule) => ({ id: String(rule.SecurityGroupRuleId), content: contentOf(rule) }));
}

function duplicateRefusal(added: readonly Content[], there: readonly Content[]): AwsFault | undefined {
  const lines = added.map(line);
  const known = there.map(line);
  const twice = lines.find((one, index) => known.includes(one) || lines.indexOf(one) !== index);
  return twice === undefined
    ? undefined
    : refuse("InvalidPermission.Duplicate", `the specified rule "${twice}" already exists`);
}

function line({ peer, protocol, from, to }: Content): string {
  const ports = from === undefined ? "" : `, from port: ${from}, to port: ${String(to)}`;
  return `peer: ${peer}, ${protocol === "-1" ? "ALL" : protocol.toUpperCase()}${ports}, ALLOW`;
}

async function quotaRefusal(ec2: EC2Client, rules: readonly Content[]): Promise<AwsFault | undefined> {
  const lists = rules.some(({ peer }) => peer.startsWith("pl-")) ? await prefixLists(ec2) : [];
  // A group counts for both families, a prefix list with as many rules as it may have entries.
  const weight = ({ peer }: Content, family: "IPv4" | "IPv6"): number => {
    if (peer.startsWith("sg-")) return 1;
    const list = lists.find(({ PrefixListId }) => PrefixListId === peer);
    if (list !== undefined) return list.AddressFamily === family ? (list.MaxEntries ?? 1) : 0;
    return peer.includes(":") === (family === "IPv6") ? 1 : 0;
  };
  const full = (["IPv4", "IPv6"] as const).some(
    (family) => rules.reduce((sum, rule) => sum + weight(rule, family), 0) > quota,
  );
  return full
    ? refuse("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.")
    : undefined;
}
