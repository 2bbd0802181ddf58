import { type CertificateStatus, type KeyAlgorithm, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import { ListHostedZonesCommand } from "@aws-sdk/client-route-53";
import { balancerZones } from "../aws/balancer-zones";
import type { AwsClients } from "../aws/clients";
import { type Properties, list, requiredText, text } from "./properties";

/** A look-up of the real provider, by its token. */
export type Lookup = (clients: AwsClients, arguments_: Properties, region: string) => Promise<Properties>;

export const lookups: Readonly<Record<string, Lookup>> = {
  "aws:eks/getCluster:getCluster": getCluster,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:acm/getCertificate:getCertificate": getCertificate,
  "aws:route53/getZone:getZone": getZone,
  "aws:lb/getHostedZoneId:getHostedZoneId": getHostedZoneId,
};

async function getCluster({ eks }: AwsClients, asked: Properties, region: string): Promise<Properties> {
  const name = requiredText(asked, "name");
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  if (cluster === undefined) throw new Error(`reading EKS Cluster (${name}): couldn't find resource`);
  const vpc = cluster.resourcesVpcConfig;
  return {
    id: name,
    name,
    region,
    arn: cluster.arn,
    status: cluster.status,
    version: cluster.version,
    endpoint: cluster.endpoint,
    certificateAuthorities: [{ data: cluster.certificateAuthority?.data }],
    kubernetesNetworkConfigs: [{ ipFamily: cluster.kubernetesNetworkConfig?.ipFamily ?? "ipv4" }],
    vpcConfig: {
      vpcId: vpc?.vpcId,
      subnetIds: vpc?.subnetIds,
      securityGroupIds: vpc?.securityGroupIds,
      clusterSecurityGroupId: vpc?.clusterSecurityGroupId,
    },
  };
}

async function getVpc({ ec2 }: AwsClients, asked: Properties): Promise<Properties> {
  const id = requiredText(asked, "id");
  const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [id] }));
  if (vpc === undefined) throw new Error("no matching EC2 VPC found");
  const associations = (vpc.CidrBlockAssociationSet ?? []).map(({ AssociationId, CidrBlock, CidrBlockState }) => ({
    associationId: AssociationId,
    cidrBlock: CidrBlock,
    state: CidrBlockState?.State,
  }));
  const ipv6Associations = (vpc.Ipv6CidrBlockAssociationSet ?? []).map((one) => ({
    associationId: one.AssociationId,
    ipv6CidrBlock: one.Ipv6CidrBlock,
    state: one.Ipv6CidrBlockState?.State,
  }));
  return {
    id,
    cidrBlock: vpc.CidrBlock,
    cidrBlockAssociations: associations,
    ipv6CidrBlockAssociations: ipv6Associations,
    ownerId: vpc.OwnerId,
    state: vpc.State,
  };
}

/** ACM leaves out every kind of key that is not asked for, but RSA 1024 and 2048. */
const keyTypesByDefault = ["RSA_1024", "RSA_2048"];

async function getCertificate({ acm }: AwsClients, asked: Properties): Promise<Properties> {
  const domain = requiredText(asked, "domain");
  const statuses = list(asked, "statuses");
  const keyTypes = list(asked, "keyTypes");
  const { CertificateSummaryList: all = [] } = await acm.send(
    new ListCertificatesCommand({
      CertificateStatuses: [...(statuses.length === 0 ? ["ISSUED"] : statuses)] as CertificateStatus[],
      Includes: { keyTypes: [...(keyTypes.length === 0 ? keyTypesByDefault : keyTypes)] as KeyAlgorithm[] },
    }),
  );
  const found = all.filter(({ DomainName }) => DomainName === domain);
  if (found.length === 0) throw new Error("no ACM Certificate matching search criteria");
  if (found.length > 1 && asked["mostRecent"] !== true) {
    throw new Error("multiple ACM Certificates matching search criteria");
  }
  const newest = [...found].sort((one, other) => Number(other.IssuedAt) - Number(one.IssuedAt))[0];
  return { id: newest?.CertificateArn, arn: newest?.CertificateArn, domain, status: "ISSUED" };
}

async function getZone({ route53 }: AwsClients, asked: Properties): Promise<Properties> {
  const name = requiredText(asked, "name").replace(/\.$/, "");
  const isPrivate = asked["privateZone"] === true;
  const { HostedZones: zones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const found = zones.filter(({ Name, Config }) => Name === `${name}.` && (Config?.PrivateZone ?? false) === isPrivate);
  const [zone] = found;
  if (zone === undefined) throw new Error("no matching Route 53 Hosted Zone found");
  if (found.length > 1) throw new Error("multiple Route 53 Hosted Zones matched");
  const zoneId = String(zone.Id).replace("/hostedzone/", "");
  return { id: zoneId, zoneId, name, privateZone: isPrivate };
}

async function getHostedZoneId(_clients: AwsClients, asked: Properties, region: string): Promise<Properties> {
  const zones = balancerZones[text(asked, "region") ?? region];
  if (zones === undefined) throw new Error(`the load balancers' zones of ${region} are not modelled`);
  const id = text(asked, "loadBalancerType") === "network" ? zones.network : zones.application;
  return Promise.resolve({ id, region });
}
