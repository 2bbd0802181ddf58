import { GetHostedZoneCommand, ListResourceRecordSetsCommand, type ResourceRecordSet } from "@aws-sdk/client-route-53";
import { DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { balancerZones } from "../balancer-zones";
import type { AwsFault } from "../answer";
import type { AwsClients } from "../clients";
import { type Ruled, type Rules, refuse, textOf } from "./rule";

export const route53Rules: Rules = { ChangeResourceRecordSets: [changeRefusal] };

interface Change {
  readonly Action: "CREATE" | "UPSERT" | "DELETE";
  readonly ResourceRecordSet: ResourceRecordSet;
}

interface Zone {
  readonly name: string;
  readonly records: readonly ResourceRecordSet[];
}

/** A batch is refused as a whole, with everything that is wrong in it. */
async function changeRefusal({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const zone = await zoneOf(textOf(parameters, "HostedZoneId") ?? "", moto);
  if (zone === undefined) return undefined;
  const { Changes: changes = [] } = parameters["ChangeBatch"] as { readonly Changes?: readonly Change[] };
  const problems: string[] = [];
  for (const change of changes) {
    const problem = changeProblem(change, zone) ?? (await aliasProblem(change, moto));
    if (problem !== undefined) problems.push(problem);
  }
  return problems.length === 0 ? undefined : refuse("InvalidChangeBatch", `[${problems.join(", ")}]`);
}

async function zoneOf(id: string, { route53 }: AwsClients): Promise<Zone | undefined> {
  const HostedZoneId = id.replace(/^\/?hostedzone\//, "");
  try {
    const { HostedZone: zone } = await route53.send(new GetHostedZoneCommand({ Id: HostedZoneId }));
    const { ResourceRecordSets: records = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId }),
    );
    return { name: plain(String(zone?.Name)), records };
  } catch {
    // moto answers NoSuchHostedZone itself.
    return undefined;
  }
}

function changeProblem({ Action, ResourceRecordSet: set }: Change, { name: zone, records }: Zone): string | undefined {
  const name = plain(String(set.Name));
  const shown = `[name='${String(set.Name)}', type='${String(set.Type)}'`;
  const there = records.filter((one) => plain(String(one.Name)) === name);
  const same = there.find(({ Type, SetIdentifier }) => Type === set.Type && SetIdentifier === set.SetIdentifier);
  if (name !== zone && !name.endsWith(`.${zone}`)) {
    return `RRSet with DNS name ${name}. is not permitted in zone ${zone}.`;
  }
  if (Action === "DELETE") {
    return same === undefined ? `Tried to delete resource record set ${shown}] but it was not found` : undefined;
  }
  if (Action === "CREATE" && same !== undefined) {
    return `Tried to create resource record set ${shown}] but it already exists`;
  }
  return cnameProblem(set, { name, zone, there }) ?? contentProblem(set, shown);
}

interface Context {
  readonly name: string;
  readonly zone: string;
  readonly there: readonly ResourceRecordSet[];
}

function cnameProblem({ Type }: ResourceRecordSet, { name, zone, there }: Context): string | undefined {
  if (Type === "CNAME" && name === zone)
    return `RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zone}.`;
  const conflicts = there.some((one) => (one.Type === "CNAME") !== (Type === "CNAME"));
  return conflicts
    ? `RRSet of type ${String(Type)} with DNS name ${name}. is not permitted because a conflicting RRSet of type ${Type === "CNAME" ? "another type" : "CNAME"} with the same DNS name already exists in zone ${zone}.`
    : undefined;
}

function contentProblem({ AliasTarget, ResourceRecords = [], TTL }: ResourceRecordSet, shown: string) {
  if (AliasTarget !== undefined) {
    return ResourceRecords.length > 0 || TTL !== undefined
      ? `Invalid combination of alias target and records or TTL in ${shown}]`
      : undefined;
  }
  return ResourceRecords.length === 0 || TTL === undefined
    ? `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]], but found none in Change with ${shown}]`
    : undefined;
}

/** An alias of a load balancer: it must be there, and in the hosted zone of its kind. */
async function aliasProblem({ Action, ResourceRecordSet: set }: Change, { elb }: AwsClients) {
  const { AliasTarget: target, Type } = set;
  if (Action === "DELETE" || target === undefined) return undefined;
  const host = plain(String(target.DNSName)).replace(/^dualstack\./, "");
  if (!/\.elb\./.test(host)) return undefined;
  const { LoadBalancers: all = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const balancer = all.find(({ DNSName }) => plain(String(DNSName)) === host);
  const start = `Tried to create an alias that targets ${host}., type ${String(Type)} in zone ${String(target.HostedZoneId)}`;
  if (balancer === undefined) return `${start}, but that target was not found`;
  const region = /:elasticloadbalancing:([^:]+):/.exec(String(balancer.LoadBalancerArn))?.[1] ?? "";
  const expected = balancerZones[region]?.[balancer.Type === "network" ? "network" : "application"];
  return expected !== target.HostedZoneId
    ? `${start}, but the alias target name does not lie within the target zone`
    : undefined;
}

/** Route 53 compares names in small letters, without the last dot, and writes `*` as `\052`. */
function plain(name: string): string {
  return name.replace(/\.$/, "").replace("\\052", "*").toLowerCase();
}
