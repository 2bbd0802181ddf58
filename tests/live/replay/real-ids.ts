import { RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  AllocateAddressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
} from "@aws-sdk/client-ec2";
import { CreateHostedZoneCommand, ListHostedZonesCommand } from "@aws-sdk/client-route-53";
import type { AwsTrial } from "../aws-trial";

/** Puts ids of what is in the account in the place of those that a configuration makes up. */
export async function withRealIds(trial: AwsTrial, mesh: unknown): Promise<unknown> {
  const text = JSON.stringify(mesh);
  const created = new Map<string, string>();
  for (const [id] of text.matchAll(/\b(?:sg|pl|eipalloc)-[0-9a-f]{8,17}\b/g)) {
    if (!created.has(id)) created.set(id, await standIn(trial, id));
  }
  for (const [arn] of text.matchAll(/arn:aws:acm:[^"\\,]+/g))
    if (!created.has(arn)) created.set(arn, await issued(trial));
  const replaced = [...created].reduce((whole, [id, real]) => whole.replaceAll(id, real), text);
  // moto chooses the ids of hosted zones, and the component takes only those of AWS.
  return JSON.parse(replaced.replace(/"zoneId":"Z[0-9A-Z]+"/g, '"zoneName":"example.com"')) as unknown;
}

let number = 0;

async function standIn({ aws: { ec2 }, account: { vpcId: VpcId } }: AwsTrial, id: string): Promise<string> {
  if (id.startsWith("sg-")) {
    const request = { GroupName: `given-${++number}`, Description: "of the user", VpcId };
    return String((await ec2.send(new CreateSecurityGroupCommand(request))).GroupId);
  }
  if (id.startsWith("eipalloc-")) return String((await ec2.send(new AllocateAddressCommand({}))).AllocationId);
  const request = { PrefixListName: `given-${++number}`, MaxEntries: 5, AddressFamily: "IPv4" };
  return String((await ec2.send(new CreateManagedPrefixListCommand(request))).PrefixList?.PrefixListId);
}

/** ARN of a certificate that ACM has issued, or will have in a second. */
async function issued({ aws: { acm } }: AwsTrial): Promise<string> {
  const request = { DomainName: `given-${++number}.example.com`, ValidationMethod: "DNS" } as const;
  return String((await acm.send(new RequestCertificateCommand(request))).CertificateArn);
}

/** Hosted zones by name, of which the account gets those that it does not have. */
export async function hostedZones(
  { aws: { route53 }, account }: AwsTrial,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { HostedZones: there = [] } = await route53.send(new ListHostedZonesCommand({}));
  const zones: Record<string, string> = { ...account.zones };
  for (const name of names) {
    if (zones[name] !== undefined) continue;
    const found = there.find(({ Name }) => Name === `${name}.`);
    const created =
      found ?? (await route53.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }))).HostedZone;
    zones[name] = String(created?.Id).replace("/hostedzone/", "");
  }
  return zones;
}
