import { RequestCertificateCommand } from "@aws-sdk/client-acm";
import { CreateClusterCommand } from "@aws-sdk/client-eks";
import { CreateHostedZoneCommand, type Route53Client } from "@aws-sdk/client-route-53";
import type { AwsClients } from "../aws/clients";
import { type Network, seedNetwork } from "./network";

/** What is in the account before a mesh comes. */
export interface Account extends Network {
  readonly clusterName: string;
  /** A public zone and a private one of the same VPC, by name. */
  readonly zones: Readonly<Record<string, string>>;
  /** ARNs of issued certificates by their first domain. */
  readonly certificates: Readonly<Record<string, string>>;
  readonly webAclArn: string;
}

export interface AccountOptions {
  readonly clusterName: string;
  readonly region: string;
  readonly endpoint: string;
}

const publicZone = "example.com";
const privateZone = "internal.example.com";

export async function seedAccount(clients: AwsClients, options: AccountOptions): Promise<Account> {
  const { clusterName } = options;
  const network = await seedNetwork(clients.ec2, options);
  const [publicId, privateId, wildcard, elliptic, webAclArn] = await Promise.all([
    seedZone(clients.route53, publicZone),
    seedZone(clients.route53, privateZone, { VPCId: network.vpcId, VPCRegion: "eu-central-1" }),
    seedCertificate(clients, `*.${publicZone}`, "RSA_2048"),
    seedCertificate(clients, `secure.${publicZone}`, "EC_prime256v1"),
    seedWebAcl(options),
    seedCluster(clients, options, network),
  ]);
  return {
    ...network,
    clusterName,
    zones: { [publicZone]: publicId, [privateZone]: privateId },
    certificates: { [`*.${publicZone}`]: wildcard, [`secure.${publicZone}`]: elliptic },
    webAclArn,
  };
}

interface Vpc {
  readonly VPCId: string;
  readonly VPCRegion: "eu-central-1";
}

async function seedZone(route53: Route53Client, name: string, vpc?: Vpc): Promise<string> {
  const { HostedZone: zone } = await route53.send(
    new CreateHostedZoneCommand({
      Name: name,
      CallerReference: name,
      ...(vpc === undefined ? {} : { VPC: vpc, HostedZoneConfig: { PrivateZone: true } }),
    }),
  );
  return String(zone?.Id).replace("/hostedzone/", "");
}

async function seedCertificate(
  { acm }: AwsClients,
  domain: string,
  algorithm: "RSA_2048" | "EC_prime256v1",
): Promise<string> {
  const request = { DomainName: domain, ValidationMethod: "DNS", KeyAlgorithm: algorithm } as const;
  const { CertificateArn } = await acm.send(new RequestCertificateCommand(request));
  return String(CertificateArn);
}

async function seedCluster({ eks }: AwsClients, { clusterName }: AccountOptions, network: Network): Promise<string> {
  await eks.send(
    new CreateClusterCommand({
      name: clusterName,
      version: "1.36",
      roleArn: "arn:aws:iam::123456789012:role/cluster",
      resourcesVpcConfig: { subnetIds: [...network.privateSubnetIds], securityGroupIds: [] },
    }),
  );
  return clusterName;
}

/** One call does not deserve a client of its own. */
async function seedWebAcl({ endpoint, region }: AccountOptions): Promise<string> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=live/20260101/${region}/wafv2/aws4_request, SignedHeaders=host, Signature=0`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSWAF_20190729.CreateWebACL",
    },
    body: JSON.stringify({
      Name: "live",
      Scope: "REGIONAL",
      DefaultAction: { Allow: {} },
      Rules: [],
      VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "live" },
    }),
  });
  const { Summary } = (await answer.json()) as { readonly Summary?: { readonly ARN: string } };
  if (Summary === undefined) throw new Error("moto made no web ACL");
  return Summary.ARN;
}
