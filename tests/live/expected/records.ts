import { DescribeCertificateCommand, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import type { AwsClients } from "../aws/clients";
import type { ExpectedResource } from "./expected-plan";

interface Alias {
  readonly name: string;
  readonly zoneId: string;
  readonly evaluateTargetHealth: boolean;
}

/** Records and certificates that the plan has, one line each. */
export function expectedNames(expected: readonly ExpectedResource[]): readonly string[] {
  const records = expected
    .filter(({ type }) => type === "aws:route53/record:Record")
    .map(({ inputs }) => {
      const [alias] = (inputs["aliases"] ?? []) as readonly Alias[];
      const values = (inputs["records"] ?? []) as readonly string[];
      const target =
        alias === undefined
          ? `${String(inputs["ttl"])} s ${values.map(plain).join(",")}`
          : `alias ${plain(alias.name)} in ${alias.zoneId}, health ${alias.evaluateTargetHealth}`;
      return `${String(inputs["type"])} ${plain(String(inputs["name"]))} -> ${target}`;
    });
  const certificates = expected
    .filter(({ type }) => type === "aws:acm/certificate:Certificate")
    .map(({ inputs }) => {
      const others = (inputs["subjectAlternativeNames"] ?? []) as readonly string[];
      return `certificate ISSUED ${[String(inputs["domainName"]), ...others].sort().join(",")}`;
    });
  return [...records, ...certificates].sort();
}

/** The same of what AWS has, but for what was there before. */
export async function actualNames(clients: AwsClients, before: readonly string[]): Promise<readonly string[]> {
  return [...(await recordLines(clients, before)), ...(await certificateLines(clients, before))].sort();
}

async function recordLines({ route53 }: AwsClients, before: readonly string[]): Promise<readonly string[]> {
  const { HostedZones: zones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const lines = zones.map(async ({ Id, Name: zone }) => {
    const { ResourceRecordSets: sets = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: Id }),
    );
    return sets
      .filter(({ Name, Type }) => !before.includes(`record ${Type} ${Name} in ${zone}`))
      .map(({ Name, Type, TTL, AliasTarget: alias, ResourceRecords: records = [] }) => {
        const target =
          alias === undefined
            ? `${TTL} s ${records.map(({ Value }) => plain(String(Value))).join(",")}`
            : `alias ${plain(String(alias.DNSName))} in ${alias.HostedZoneId}, health ${alias.EvaluateTargetHealth}`;
        return `${Type} ${plain(String(Name))} -> ${target}`;
      });
  });
  return (await Promise.all(lines)).flat();
}

async function certificateLines({ acm }: AwsClients, before: readonly string[]): Promise<readonly string[]> {
  const { CertificateSummaryList: all = [] } = await acm.send(new ListCertificatesCommand({}));
  const created = all.filter((one) => !before.includes(`certificate ${one.DomainName} ${one.CertificateArn}`));
  return Promise.all(
    created.map(async ({ CertificateArn }) => {
      const { Certificate: one } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
      const names = new Set([one?.DomainName, ...(one?.SubjectAlternativeNames ?? [])]);
      return `certificate ${one?.Status} ${[...names].sort().join(",")}`;
    }),
  );
}

function plain(name: string): string {
  return name.replace(/\.$/, "").replace("\\052", "*").toLowerCase();
}
