import { ListResourceRecordSetsCommand, type Route53Client } from "@aws-sdk/client-route-53";
import type { AwsFault } from "./answer";
import type { Call, RawCall } from "./call";

/** A creation in a batch of changes, in the XML of Route 53. */
const creation = /<Action>CREATE<\/Action>\s*<ResourceRecordSet>\s*<Name>([^<]+)<\/Name>\s*<Type>([^<]+)<\/Type>/g;

/**
 * Refuses to create a record that exists. moto judges by its journal, in which records that are long deleted still stand,
 * and so refuses what AWS would do, and does what AWS would refuse.
 */
export async function recordRefusal(
  { service, action }: Call,
  { path, body }: RawCall,
  route53: Route53Client,
): Promise<AwsFault | undefined> {
  if (service !== "route53" || action !== "ChangeResourceRecordSets") return undefined;
  const HostedZoneId = path.split("/").slice(-2, -1).join("");
  const { ResourceRecordSets: sets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  const there = new Set(sets.map(({ Name, Type }) => `${plain(String(Name))} ${String(Type)}`));
  const taken = [...body.matchAll(creation)].find(([, name = "", type]) => there.has(`${plain(name)} ${String(type)}`));
  if (taken === undefined) return undefined;
  const [, name, type] = taken;
  const message = `[Tried to create resource record set [name='${String(name)}', type='${String(type)}'] but it already exists]`;
  return { status: 400, code: "InvalidChangeBatch", message };
}

/** What moto is asked to do in place of creating. */
export function withoutCreation({ service, action }: Call, body: string): string {
  if (service !== "route53" || action !== "ChangeResourceRecordSets") return body;
  return body.replaceAll("<Action>CREATE</Action>", "<Action>UPSERT</Action>");
}

function plain(name: string): string {
  return name.replace(/\.$/, "").replace("\\052", "*").toLowerCase();
}
