import type { Input } from "@pulumi/pulumi";
import { cidrKind } from "../../inputs/network/cidr";
import { duplicates } from "../../inputs/list";
import { problemIf } from "../../inputs/problem";
import type { ClientRange } from "../../plan/ingress-settings";
import type { Problem, Resolved } from "../../plan/problem";
import { IpAddressType, Scheme } from "../../plan/enums";

/** What an ingress' arguments hold about who may reach its load balancer. */
export interface ClientsArgs {
  readonly allowedCidrs?: readonly string[];
  readonly allowedPrefixListIds?: readonly Input<string>[];
  readonly allowedSecurityGroupIds?: readonly Input<string>[];
  readonly scheme?: Scheme;
  readonly ipAddressType?: IpAddressType;
}

export interface ClientsContext {
  readonly path: string;
  /** Ports on which the load balancer listens. */
  readonly listeners: number;
  /** Ranges of both families are right: what they let clients in to is no load balancer. */
  readonly anyFamily?: boolean;
}

const members = ["allowedCidrs", "allowedPrefixListIds", "allowedSecurityGroupIds"] as const;

/** Decides who may reach the load balancer: those whom any of the three members names, else the default of the scheme. */
export function resolveClients(args: ClientsArgs, context: ClientsContext): Resolved<readonly ClientRange[]> {
  return {
    settings: clientsOf(args),
    problems: [...checkLists(args, context), ...checkRanges(args, context)],
    warnings: [
      ...warnOfQuota(args, context),
      ...warnOfPrivateAddresses(args, context),
      ...warnOfOneFamily(args, context),
    ],
  };
}

function clientsOf(args: ClientsArgs): readonly ClientRange[] {
  const { allowedCidrs = [], allowedPrefixListIds = [], allowedSecurityGroupIds = [], scheme, ipAddressType } = args;
  if (members.some((member) => args[member] !== undefined)) {
    return [
      ...allowedCidrs.map((range) => ({ kind: cidrKind(range), cidr: range })),
      ...allowedPrefixListIds.map((id) => ({ kind: "prefix-list" as const, id })),
      ...allowedSecurityGroupIds.map((id) => ({ kind: "security-group" as const, id })),
    ];
  }
  if (scheme !== Scheme.InternetFacing) return [{ kind: "vpc" }];
  const everybody: ClientRange = { kind: "ipv4", cidr: "0.0.0.0/0" };
  return ipAddressType === IpAddressType.Dualstack ? [everybody, { kind: "ipv6", cidr: "::/0" }] : [everybody];
}

function checkLists(args: ClientsArgs, { path }: ClientsContext): readonly Problem[] {
  const given = members.filter((member) => args[member] !== undefined);
  const [first] = given;
  const nobody = given.every((member) => args[member]?.length === 0);
  return [
    ...members.flatMap((member) => duplicates((args[member] ?? []).map(textOf), `${path}.${member}`)),
    ...(first === undefined
      ? []
      : problemIf(nobody, `${path}.${first}`, {
          given: [],
          allowed: "at least one range: nobody could reach the load balancer",
          suggestion: `name who may, or remove ${first} for the default`,
        })),
  ];
}

/** Of two ids that are known later nobody can tell whether they are one. */
function textOf(entry: Input<string>, place: number): string {
  return typeof entry === "string" ? entry : `known later, ${place}`;
}

function checkRanges({ allowedCidrs = [], ipAddressType }: ClientsArgs, context: ClientsContext): readonly Problem[] {
  const { path, anyFamily } = context;
  if (anyFamily === true) return [];
  return allowedCidrs.flatMap((range, index) =>
    problemIf(
      cidrKind(range) === "ipv6" && ipAddressType !== IpAddressType.Dualstack,
      `${path}.allowedCidrs[${index}]`,
      {
        given: range,
        allowed: "IPv4 ranges, while the load balancer has IPv4 addresses only",
        suggestion: 'remove it, or write ipAddressType: "dualstack"',
      },
    ),
  );
}

/**
 * AWS allows 60 inbound rules for IPv4 and as many for IPv6 in a security group, and refuses more unless asked for them.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const rulesPerGroup = 60;
/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html#managed-prefix-list */
const cloudFrontEntries = 55;
const raiseQuota =
  'raise the quota "Inbound or outbound rules per security group" (Service Quotas, Amazon VPC, L-0EA8095F) before `pulumi up`';

function warnOfQuota(args: ClientsArgs, { path, listeners }: ClientsContext): readonly string[] {
  const { allowedCidrs = [], allowedPrefixListIds = [], allowedSecurityGroupIds = [] } = args;
  const ranges = (["ipv4", "ipv6"] as const).map(
    (family) => allowedCidrs.filter((range) => cidrKind(range) === family).length,
  );
  // A rule that names a group counts in both families.
  const rules = listeners * (Math.max(...ranges) + allowedSecurityGroupIds.length);
  const many =
    `${path}.${allowedCidrs.length > 0 ? "allowedCidrs" : "allowedSecurityGroupIds"}: they make ${rules} rules. AWS allows ` +
    `${rulesPerGroup} in a security group by default and refuses more: ${raiseQuota}.`;
  const others = rules === 0 ? "" : `, beside ${rules} for others`;
  const lists =
    `${path}.allowedPrefixListIds: a prefix list counts with its maximum number of entries for each of the load balancer's ` +
    `ports (${listeners} here): CloudFront's, of ${cloudFrontEntries} entries, as ${listeners * cloudFrontEntries} rules${others}. AWS allows ` +
    `${rulesPerGroup} in a security group by default and refuses more: if the sum is higher, ${raiseQuota}.`;
  return [...(rules > rulesPerGroup ? [many] : []), ...(allowedPrefixListIds.length > 0 ? [lists] : [])];
}

/** A rule that names a group matches the private addresses of its members. */
function warnOfPrivateAddresses(args: ClientsArgs, { path }: ClientsContext): readonly string[] {
  const { allowedSecurityGroupIds = [], scheme } = args;
  if (allowedSecurityGroupIds.length === 0 || scheme !== Scheme.InternetFacing) return [];
  return [
    `${path}.allowedSecurityGroupIds: members of these groups reach an internet-facing load balancer by public addresses, ` +
      "which rules that name a group do not match. Use an internal ingress for them, or allowedCidrs.",
  ];
}

/**
 * A load balancer with addresses of both families, of which only one is let in. Security groups drop the packets of the
 * others without an answer, so that clients that try this family first wait.
 */
function warnOfOneFamily(args: ClientsArgs, { path }: ClientsContext): readonly string[] {
  const { allowedCidrs = [], allowedPrefixListIds = [], allowedSecurityGroupIds = [], ipAddressType } = args;
  const kinds = new Set(allowedCidrs.map(cidrKind));
  // A prefix list may be of either family, and a group's rule matches both.
  const onlyRanges = allowedPrefixListIds.length === 0 && allowedSecurityGroupIds.length === 0;
  if (ipAddressType !== IpAddressType.Dualstack || !onlyRanges || kinds.size !== 1) return [];
  const [has, lacks] = kinds.has("ipv4") ? ["IPv4", "IPv6"] : ["IPv6", "IPv4"];
  return [
    `${path}.allowedCidrs: they hold ${has} ranges only, and the load balancer has ${lacks} addresses too: who connects to ` +
      `these waits in vain, and hostnames get no record for them. Add ${lacks} ranges to let in clients of both.`,
  ];
}
