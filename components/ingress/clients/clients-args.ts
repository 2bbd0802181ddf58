import type { Input } from "@pulumi/pulumi";
import { cidrKind } from "../../inputs/cidr";
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
}

const members = ["allowedCidrs", "allowedPrefixListIds", "allowedSecurityGroupIds"] as const;

/** Decides who may reach the load balancer: those whom any of the three members names, else the default of the scheme. */
export function resolveClients(args: ClientsArgs, context: ClientsContext): Resolved<readonly ClientRange[]> {
  return {
    settings: clientsOf(args),
    problems: [...checkLists(args, context), ...checkRanges(args, context)],
    warnings: [...warnOfQuota(args, context), ...warnOfPrivateAddresses(args, context)],
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

function checkRanges({ allowedCidrs = [], ipAddressType }: ClientsArgs, { path }: ClientsContext): readonly Problem[] {
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

/** AWS allows 60 inbound rules in a security group unless asked for more. */
const rulesPerGroup = 60;

function warnOfQuota(args: ClientsArgs, { path, listeners }: ClientsContext): readonly string[] {
  const { allowedCidrs = [], allowedPrefixListIds = [], allowedSecurityGroupIds = [] } = args;
  const rules = listeners * (allowedCidrs.length + allowedSecurityGroupIds.length);
  const many =
    `${path}.${allowedCidrs.length > 0 ? "allowedCidrs" : "allowedSecurityGroupIds"}: they make ${rules} rules; AWS allows ` +
    `${rulesPerGroup} in a security group by default.`;
  const lists =
    `${path}.allowedPrefixListIds: a prefix list counts with its maximum number of entries for each of the load balancer's ` +
    `ports (${listeners} here); AWS allows ${rulesPerGroup} rules in a security group by default. CloudFront's list has 55 ` +
    "entries: raise the quota before `pulumi up` if the sum is higher.";
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
