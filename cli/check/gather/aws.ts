import type { BalancerFacts, CertificateFacts, EksCluster, HostedZone, Instance, TargetGroupFacts } from "../aws-facts";
import type { Subnet } from "../aws-facts";
import { answered, type QueryResult, type AwsFacts, type Refused, refused, whenAnswered } from "../facts";
import { at, listAt, numberAt, textAt } from "../kubernetes-object";
import { assumeRole, type Aws, type AwsIdentity, openAws } from "./aws-client";
import type { Tools } from "./tool";

/** Without this list ACM leaves certificates with some kinds of key out. */
const keyTypes = "keyTypes=RSA_1024,RSA_2048,RSA_3072,RSA_4096,EC_prime256v1,EC_secp384r1,EC_secp521r1";

export interface AwsQuestions extends AwsIdentity {
  /** None: the name is encrypted, and nobody can be asked for the cluster. */
  readonly cluster: string | undefined;
  /** Whether an ingress has its zone in the stack's own account. */
  readonly ownZones: boolean;
  /** ARNs of the roles of other accounts that have zones. */
  readonly dnsRoles: readonly string[];
  /** Names of load balancers' hosts, once the cluster has reported them. */
  readonly hostnames: Promise<readonly string[]>;
}

/** Asks AWS everything at once; only what needs an answer waits for it. */
export async function gatherAws(questions: AwsQuestions, tools: Tools): Promise<AwsFacts> {
  const opened = await openAws(questions, tools);
  if (!opened.known) return nothing(opened, questions);
  const client = opened.answer;
  const cluster = describeCluster(client, questions);
  const inVpc = async <Answer>(next: (vpc: string, eks: EksCluster) => Promise<QueryResult<readonly Answer[]>>) => {
    const found = await cluster;
    if (!found.known) return found;
    return found.answer === undefined ? answered([]) : next(found.answer.vpcId, found.answer);
  };
  const balancers = describeBalancers(client);
  const [eks, subnets, clusterGroups, instances, certificates, zones, found, targetGroups] = await Promise.all([
    cluster,
    inVpc((vpc) => describeSubnets(client, vpc)),
    inVpc((vpc, { name }) => describeGroups(client, vpc, name)),
    inVpc((vpc) => describeInstances(client, vpc)),
    listCertificates(client),
    listAllZones(client, questions),
    balancers,
    describeTargetGroups(client, balancers, questions.hostnames),
  ]);
  return { cluster: eks, subnets, clusterGroups, instances, certificates, ...zones, balancers: found, targetGroups };
}

/** Without credentials no question has any hope. */
function nothing(refusal: Refused, { dnsRoles }: AwsQuestions): AwsFacts {
  return {
    ...{ cluster: refusal, subnets: refusal, clusterGroups: refusal, instances: refusal, certificates: refusal },
    ...{ zones: refusal, balancers: refusal, targetGroups: refusal },
    zonesInRoles: Object.fromEntries(dnsRoles.map((role) => [role, refusal])),
  };
}

export async function describeCluster(
  aws: Aws,
  { cluster }: Pick<AwsQuestions, "cluster">,
): Promise<QueryResult<EksCluster | undefined>> {
  const question = "aws eks describe-cluster";
  if (cluster === undefined) {
    return refused({
      party: "aws",
      reason: "not-asked",
      question,
      message: "cluster.name is encrypted in the stack file",
    });
  }
  const message = await aws.query("eks", "describe-cluster", ["--name", cluster]);
  if (!message.known && /ResourceNotFound|No cluster found/.test(message.refusal.message)) return answered(undefined);
  return whenAnswered(message, (answer) => {
    const eks = at(answer, "cluster");
    return {
      name: textAt(eks, "name"),
      status: textAt(eks, "status"),
      endpoint: textAt(eks, "endpoint"),
      vpcId: textAt(eks, "resourcesVpcConfig", "vpcId"),
      securityGroupId: textAt(eks, "resourcesVpcConfig", "clusterSecurityGroupId"),
      autoMode: at(eks, "computeConfig", "enabled") === true,
      ipFamily: textAt(eks, "kubernetesNetworkConfig", "ipFamily"),
    };
  });
}

const filter = (name: string, value: string) => `Name=${name},Values=${value}`;

async function describeSubnets(aws: Aws, vpc: string): Promise<QueryResult<readonly Subnet[]>> {
  const message = await aws.query("ec2", "describe-subnets", ["--filters", filter("vpc-id", vpc)]);
  return whenAnswered(message, (answer) =>
    listAt(answer, "Subnets").map((subnet) => ({
      id: textAt(subnet, "SubnetId"),
      zone: textAt(subnet, "AvailabilityZone"),
      freeAddresses: numberAt(subnet, "AvailableIpAddressCount"),
      hasIpv6: listAt(subnet, "Ipv6CidrBlockAssociationSet").some(
        (one) => textAt(one, "Ipv6CidrBlockState", "State") === "associated",
      ),
      tags: tagsOf(subnet),
    })),
  );
}

async function describeGroups(aws: Aws, vpc: string, cluster: string): Promise<QueryResult<readonly string[]>> {
  const filters = ["--filters", filter("vpc-id", vpc), filter("tag-key", `kubernetes.io/cluster/${cluster}`)];
  const message = await aws.query("ec2", "describe-security-groups", filters);
  return whenAnswered(message, (answer) => listAt(answer, "SecurityGroups").map((group) => textAt(group, "GroupId")));
}

async function describeInstances(aws: Aws, vpc: string): Promise<QueryResult<readonly Instance[]>> {
  const filters = ["--filters", filter("vpc-id", vpc), filter("instance-state-name", "running,pending")];
  // An instance has many members, of which these are needed.
  const selection = "Reservations[].Instances[].{id: InstanceId, interfaces: NetworkInterfaces[*].Groups[*].GroupId}";
  const message = await aws.query("ec2", "describe-instances", [...filters, "--query", selection]);
  return whenAnswered(message, (answer) =>
    (Array.isArray(answer) ? answer : []).map((instance: unknown) => ({
      id: textAt(instance, "id"),
      interfaces: listAt(instance, "interfaces").map((groups) => (Array.isArray(groups) ? groups.map(String) : [])),
    })),
  );
}

async function listCertificates(aws: Aws): Promise<QueryResult<readonly CertificateFacts[]>> {
  const message = await aws.query("acm", "list-certificates", ["--includes", keyTypes]);
  return whenAnswered(message, (answer) =>
    listAt(answer, "CertificateSummaryList").map((one) => ({
      arn: textAt(one, "CertificateArn"),
      domain: textAt(one, "DomainName"),
      status: textAt(one, "Status") === "" ? undefined : textAt(one, "Status"),
      alternatives: listAt(one, "SubjectAlternativeNameSummaries").map(String),
      hasMoreNames: at(one, "HasAdditionalSubjectAlternativeNames") === true,
      until: timeOf(at(one, "NotAfter")),
    })),
  );
}

/** The AWS CLI writes times as text in its second version, and as seconds in its first. */
function timeOf(value: unknown): string | undefined {
  if (typeof value === "number") return new Date(value * 1000).toISOString();
  return typeof value === "string" ? value : undefined;
}

export async function listZones(aws: Aws): Promise<QueryResult<readonly HostedZone[]>> {
  const message = await aws.query("route53", "list-hosted-zones");
  return whenAnswered(message, (answer) =>
    listAt(answer, "HostedZones").map((zone) => ({
      id: textAt(zone, "Id").replace("/hostedzone/", ""),
      name: textAt(zone, "Name").replace(/\.$/, ""),
      isPrivate: at(zone, "Config", "PrivateZone") === true,
    })),
  );
}

/** Zones are asked for only where the mesh has some. */
async function listAllZones(
  aws: Aws,
  { ownZones, dnsRoles }: AwsQuestions,
): Promise<Pick<AwsFacts, "zones" | "zonesInRoles">> {
  const inRoles = dnsRoles.map(async (roleArn) => {
    const inRole = await assumeRole(aws, { roleArn });
    return [roleArn, inRole.known ? await listZones(inRole.answer) : inRole] as const;
  });
  const [zones, entries] = await Promise.all([ownZones ? listZones(aws) : answered([]), Promise.all(inRoles)]);
  return { zones, zonesInRoles: Object.fromEntries(entries) };
}

async function describeBalancers(aws: Aws): Promise<QueryResult<readonly BalancerFacts[]>> {
  const message = await aws.query("elbv2", "describe-load-balancers");
  return whenAnswered(message, (answer) =>
    listAt(answer, "LoadBalancers").map((one) => ({
      arn: textAt(one, "LoadBalancerArn"),
      hostname: textAt(one, "DNSName").toLowerCase(),
      name: textAt(one, "LoadBalancerName"),
      state: textAt(one, "State", "Code"),
      reason: textAt(one, "State", "Reason"),
    })),
  );
}

/** Target groups of the mesh's own load balancers, each with the health of its targets. */
async function describeTargetGroups(
  aws: Aws,
  balancers: Promise<QueryResult<readonly BalancerFacts[]>>,
  hostnames: Promise<readonly string[]>,
): Promise<QueryResult<readonly TargetGroupFacts[]>> {
  const [all, ours] = await Promise.all([balancers, hostnames]);
  if (!all.known) return all;
  const arns = all.answer.filter(({ hostname }) => ours.includes(hostname)).map(({ arn }) => arn);
  const groups = await Promise.all(
    arns.map(async (arn) => {
      const message = await aws.query("elbv2", "describe-target-groups", ["--load-balancer-arn", arn]);
      if (!message.known) return message;
      return gathered(
        await Promise.all(listAt(message.answer, "TargetGroups").map((group) => describeTargets(aws, group))),
      );
    }),
  );
  return whenAnswered(gathered(groups), (lists) => lists.flat());
}

async function describeTargets(aws: Aws, group: unknown): Promise<QueryResult<TargetGroupFacts>> {
  const message = await aws.query("elbv2", "describe-target-health", [
    "--target-group-arn",
    textAt(group, "TargetGroupArn"),
  ]);
  return whenAnswered(message, (answer) => ({
    balancerArns: listAt(group, "LoadBalancerArns").map(String),
    name: textAt(group, "TargetGroupName"),
    port: numberAt(group, "Port"),
    targets: listAt(answer, "TargetHealthDescriptions").map((one) => ({
      id: textAt(one, "Target", "Id"),
      state: textAt(one, "TargetHealth", "State"),
      reason: textAt(one, "TargetHealth", "Description"),
    })),
  }));
}

/** All answers, or the first refusal. */
export function gathered<Answer>(all: readonly QueryResult<Answer>[]): QueryResult<readonly Answer[]> {
  const refusal = all.find((one) => !one.known);
  if (refusal?.known === false) return refusal;
  return answered(all.flatMap((one) => (one.known ? [one.answer] : [])));
}

function tagsOf(thing: unknown): Subnet["tags"] {
  return Object.fromEntries(listAt(thing, "Tags").map((tag) => [textAt(tag, "Key"), textAt(tag, "Value")]));
}
