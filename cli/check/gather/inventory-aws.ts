import type { AwsInventory, DnsRecord, InboundRule, LoadBalancer } from "../../adopt/inventory";
import { answered, type QueryResult, whenAnswered } from "../facts";
import type { HostedZone } from "../aws-facts";
import { at, listAt, numberAt, textAt } from "../kubernetes-object";
import { describeCluster, gathered, listZones } from "./aws";
import { Aws } from "./aws-client";
import type { Tools } from "./tool";

interface Place {
  readonly cluster: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/** Asks AWS for the cluster's load balancers and what leads to them; `hostnames` are those that the cluster knows. */
export async function gatherAwsInventory(
  place: Place,
  hostnames: Promise<readonly string[]>,
  tools: Tools,
): Promise<AwsInventory> {
  const aws = new Aws(place, tools);
  const cluster = await describeCluster(aws, place);
  const [vpcRanges, balancers, records] = await Promise.all([
    cluster.known ? findRanges(aws, cluster.answer?.vpcId) : cluster,
    hostnames.then((names) => findBalancers(aws, names)),
    findRecords(aws),
  ]);
  return { autoMode: whenAnswered(cluster, (eks) => eks?.autoMode === true), vpcRanges, balancers, records };
}

async function findRanges(aws: Aws, vpc: string | undefined): Promise<QueryResult<readonly string[]>> {
  if (vpc === undefined) return answered([]);
  const message = await aws.query("ec2", "describe-vpcs", ["--vpc-ids", vpc]);
  return whenAnswered(message, (answer) => {
    const found = at(answer, "Vpcs", 0);
    const four = listAt(found, "CidrBlockAssociationSet").map((one) => textAt(one, "CidrBlock"));
    const six = listAt(found, "Ipv6CidrBlockAssociationSet").map((one) => textAt(one, "Ipv6CidrBlock"));
    return [...new Set([textAt(found, "CidrBlock"), ...four, ...six])].filter((range) => range !== "");
  });
}

async function findBalancers(aws: Aws, hostnames: readonly string[]): Promise<QueryResult<readonly LoadBalancer[]>> {
  const message = await aws.query("elbv2", "describe-load-balancers");
  if (!message.known) return message;
  const ours = listAt(message.answer, "LoadBalancers").filter((one) =>
    hostnames.includes(textAt(one, "DNSName").toLowerCase()),
  );
  return gathered(await Promise.all(ours.map((one) => readBalancer(aws, one))));
}

async function readBalancer(aws: Aws, one: unknown): Promise<QueryResult<LoadBalancer>> {
  const securityGroupIds = listAt(one, "SecurityGroups").map(String);
  const type = textAt(one, "Type");
  const [rules, webAclArn] = await Promise.all([
    findRules(aws, securityGroupIds),
    type === "application" ? findWebAcl(aws, textAt(one, "LoadBalancerArn")) : answered(undefined),
  ]);
  if (!rules.known) return rules;
  return whenAnswered(webAclArn, (arn) => ({
    ...{ name: textAt(one, "LoadBalancerName"), hostname: textAt(one, "DNSName").toLowerCase(), type },
    ...{ scheme: textAt(one, "Scheme"), securityGroupIds, rules: rules.answer, webAclArn: arn },
  }));
}

async function findRules(aws: Aws, groups: readonly string[]): Promise<QueryResult<readonly InboundRule[]>> {
  if (groups.length === 0) return answered([]);
  const filters = ["--filters", `Name=group-id,Values=${groups.join(",")}`];
  const message = await aws.query("ec2", "describe-security-group-rules", filters);
  return whenAnswered(message, (answer) =>
    listAt(answer, "SecurityGroupRules")
      .filter((rule) => at(rule, "IsEgress") === false)
      .map((rule) => ({
        peer: [
          ...[textAt(rule, "CidrIpv4"), textAt(rule, "CidrIpv6"), textAt(rule, "PrefixListId")],
          textAt(rule, "ReferencedGroupInfo", "GroupId"),
        ].join(""),
        fromPort: numberAt(rule, "FromPort"),
        toPort: numberAt(rule, "ToPort"),
      })),
  );
}

async function findWebAcl(aws: Aws, arn: string): Promise<QueryResult<string | undefined>> {
  const message = await aws.query("wafv2", "get-web-acl-for-resource", ["--resource-arn", arn]);
  return whenAnswered(message, (answer) => {
    const found = textAt(answer, "WebACL", "ARN");
    return found === "" ? undefined : found;
  });
}

async function findRecords(aws: Aws): Promise<QueryResult<readonly DnsRecord[]>> {
  const zones = await listZones(aws);
  if (!zones.known) return zones;
  const all = await Promise.all(
    zones.answer.map(async (zone) => {
      const message = await aws.query("route53", "list-resource-record-sets", ["--hosted-zone-id", zone.id]);
      return whenAnswered(message, (answer) => recordsIn(listAt(answer, "ResourceRecordSets"), zone));
    }),
  );
  return whenAnswered(gathered(all), (lists) => lists.flat());
}

function recordsIn(sets: readonly unknown[], zone: HostedZone): readonly DnsRecord[] {
  const nameOf = (set: unknown) => textAt(set, "Name").replace(/\.$/, "").replace("\\052", "*").toLowerCase();
  const kept = sets
    .filter((set) => textAt(set, "Type") === "TXT" && JSON.stringify(set).includes("heritage=external-dns"))
    .map(nameOf);
  return sets
    .filter((set) => ["A", "AAAA", "CNAME"].includes(textAt(set, "Type")))
    .map((set) => {
      const alias = textAt(set, "AliasTarget", "DNSName");
      const written = alias === "" ? textAt(set, "ResourceRecords", 0, "Value") : alias;
      const name = nameOf(set);
      return {
        ...{ zoneId: zone.id, zoneName: zone.name, name, type: textAt(set, "Type") },
        target: written
          .toLowerCase()
          .replace(/\.$/, "")
          .replace(/^dualstack\./, ""),
        plainAlias: alias !== "" && at(set, "SetIdentifier") === undefined,
        // ExternalDNS writes beside a record, with the type in front or with a prefix of its own.
        externalDns: kept.some((text) => text === name || text.endsWith(`-${name}`) || text.endsWith(`.${name}`)),
      };
    });
}
