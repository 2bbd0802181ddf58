import { getVpcOutput, type GetVpcResult } from "@pulumi/aws/ec2/getVpc";
import { getClusterOutput } from "@pulumi/aws/eks/getCluster";
import type { Cluster } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterFacts, NodeGroupFacts } from "../plan/facts";
import type { InputValue } from "../plan/input-value";
import type { ApiServerFacts } from "../plan/multi-cluster";
import type { AwsIdentity, ClusterSettings } from "../plan/settings";
import { awsIdentity } from "./aws-identity";
import { checkIpFamily } from "./ip-family";
import { kubeconfigOf } from "./kubeconfig";
import { once } from "./once";
import { reportIfSlow } from "./slow-answers";
import { stsHostOf } from "./sts-host";

/** What one way of naming a cluster can tell of it. Asked for only where the user has not said it. */
interface ClusterAnswers {
  readonly name: InputValue;
  readonly arn: () => InputValue;
  readonly region: () => InputValue;
  readonly vpcId: () => InputValue;
  readonly securityGroupId: () => InputValue;
  readonly kubeconfig: (aws: AwsIdentity) => InputValue;
  readonly pulumiNodeGroupId: () => InputValue;
  readonly apiServer: () => ApiServerFacts;
}

/** Asks what the mesh must know of its cluster; each question only when its answer is used. */
export function lookUpCluster(
  settings: ClusterSettings,
  options: pulumi.InvokeOptions,
  ipv4Only: readonly string[] = [],
): ClusterFacts {
  return factsOf(settings, options, answersOf(settings, options, ipv4Only));
}

function factsOf(settings: ClusterSettings, options: pulumi.InvokeOptions, answers: ClusterAnswers): ClusterFacts {
  const aws = once(() => awsIdentity(settings, options.parent));
  const vpcId = () => givenOr(settings.vpcId, answers.vpcId);
  const vpc = once(() => askVpc(vpcId(), options));
  const securityGroupId = () => givenOr(settings.securityGroupId, answers.securityGroupId);
  return {
    ...{ name: answers.name, aws, apiServer: answers.apiServer },
    identifier: answers.arn,
    region: answers.region,
    stsHost: () => pulumi.output(answers.region()).apply(stsHostOf),
    vpcId,
    vpcCidr: () => vpc().cidrBlock,
    vpcSecondaryCidrs: () => vpc().apply(secondaryRanges),
    vpcIpv6Cidr: () => vpc().apply(ipv6Range),
    vpcSecondaryIpv6Cidrs: () => vpc().apply((found) => ipv6Ranges(found).slice(1).sort()),
    securityGroupId,
    nodeGroups: () => nodeGroupsOf(settings, securityGroupId, answers),
    kubeconfig: () => pulumi.secret(givenOr(settings.kubeconfig, () => answers.kubeconfig(aws()))),
  };
}

function askVpc(id: InputValue, options: pulumi.InvokeOptions): pulumi.Output<GetVpcResult> {
  return reportIfSlow(getVpcOutput({ id }, options), { what: "the cluster's VPC", question: id, options });
}

function answersOf(
  { source, ipFamily: declared }: ClusterSettings,
  options: pulumi.InvokeOptions,
  ipv4Only: readonly string[],
): ClusterAnswers {
  const check = (found: string | undefined) => {
    checkIpFamily(found, { declared, ipv4Only, parent: options.parent });
  };
  return source.kind === "named" ? askByName(source.name, options, check) : askPulumiEks(source.cluster, check);
}

/** Sorted, since AWS answers in any order. The mocks of a unit test may answer without members that AWS always has. */
function secondaryRanges({ cidrBlock, cidrBlockAssociations = [] }: Partial<GetVpcResult>): readonly string[] {
  const associated = cidrBlockAssociations.filter(({ state }) => state === "associated");
  return associated
    .map((association) => association.cidrBlock)
    .filter((range) => range !== cidrBlock)
    .sort();
}

/** In AWS' order: none of them is the primary one. */
function ipv6Ranges({ ipv6CidrBlockAssociations = [] }: Partial<GetVpcResult>): readonly string[] {
  const associated = ipv6CidrBlockAssociations.filter(({ state }) => state === "associated");
  return associated.map((association) => association.ipv6CidrBlock);
}

function ipv6Range({ id, ipv6CidrBlockAssociations }: Partial<GetVpcResult> & Pick<GetVpcResult, "id">): string {
  // Mocks of a unit test: it goes on without.
  if (ipv6CidrBlockAssociations === undefined) return "";
  const [first] = ipv6Ranges({ ipv6CidrBlockAssociations });
  if (first !== undefined) return first;
  throw new pulumi.RunError(
    `istio-eks: the VPC ${id} has no IPv6 range, which ipAddressType "dualstack" needs. Associate one with the VPC and its ` +
      'subnets, or write ipAddressType: "ipv4".',
  );
}

function givenOr(inputValue: InputValue | undefined, ask: () => InputValue): InputValue {
  return inputValue === undefined ? ask() : inputValue;
}

/** Looks at the family of addresses that EKS reports. */
type CheckFamily = (found: string | undefined) => void;

function askByName(name: InputValue, options: pulumi.InvokeOptions, check: CheckFamily): ClusterAnswers {
  const cluster = once(() => {
    const what = typeof name === "string" ? `the cluster ${name}` : "the cluster";
    const answer = reportIfSlow(getClusterOutput({ name }, options), { what, question: name, options });
    return answer.apply((found) => {
      // The mocks of a unit test may answer without it.
      const known: Partial<typeof found> = found;
      check(known.kubernetesNetworkConfigs?.[0]?.ipFamily);
      return found;
    });
  });
  return {
    name,
    arn: () => cluster().arn,
    region: () => cluster().region,
    vpcId: () => cluster().vpcConfig.vpcId,
    securityGroupId: () => cluster().vpcConfig.clusterSecurityGroupId,
    kubeconfig: (aws) =>
      pulumi.all([cluster(), aws.profile, aws.roleArn]).apply(([found, profile, roleArn]) => {
        const { region, endpoint } = found;
        const certificateAuthority = firstData(found.certificateAuthorities);
        return kubeconfigOf({ name: found.name, region, endpoint, certificateAuthority, profile, roleArn });
      }),
    pulumiNodeGroupId: () => "",
    apiServer: () => ({
      endpoint: cluster().endpoint,
      certificateAuthority: cluster().apply((found) => firstData(found.certificateAuthorities)),
    }),
  };
}

function firstData(authorities: readonly { readonly data: string }[] = []): string {
  return authorities
    .map(({ data }) => data)
    .slice(0, 1)
    .join("");
}

type EksCluster = pulumi.Unwrap<Cluster["eksCluster"]>;
type VpcConfig = pulumi.Unwrap<EksCluster["vpcConfig"]>;
type NetworkConfig = pulumi.Unwrap<EksCluster["kubernetesNetworkConfig"]>;

/** Stand for members that only a cluster in the mocks of a unit test lacks. */
const [noCluster, noVpcConfig] = [{} as EksCluster, {} as VpcConfig];

function askPulumiEks(cluster: Cluster, check: CheckFamily): ClusterAnswers {
  const eksCluster = cluster.eksCluster.apply((eks: EksCluster | undefined) => (eks === undefined ? noCluster : eks));
  const vpc = eksCluster
    .apply((eks) => pulumi.all([eks.vpcConfig, eks.kubernetesNetworkConfig]))
    .apply(([vpcConfig = noVpcConfig, network]: readonly [VpcConfig | undefined, NetworkConfig | undefined]) => {
      check(network?.ipFamily);
      return vpcConfig;
    });
  return {
    name: eksCluster.apply((eks) => eks.name),
    arn: () => eksCluster.apply((eks) => eks.arn),
    region: () => eksCluster.apply((eks) => eks.region),
    vpcId: () => vpc.apply(({ vpcId }) => vpcId),
    // Not `cluster.clusterSecurityGroupId`: that one is made by @pulumi/eks, and managed nodes do not carry it.
    securityGroupId: () => vpc.apply(({ clusterSecurityGroupId }) => clusterSecurityGroupId),
    kubeconfig: () => cluster.kubeconfigJson,
    pulumiNodeGroupId: () => cluster.nodeSecurityGroupId.apply(notEmpty),
    apiServer: () => ({
      endpoint: eksCluster.apply((eks) => eks.endpoint),
      certificateAuthority: eksCluster.apply((eks) => eks.certificateAuthority).apply(dataOf),
    }),
  };
}

/** The mocks of a unit test may answer without it. */
function dataOf(authority: { readonly data: string } | undefined): string {
  return authority === undefined ? "" : authority.data;
}

function notEmpty(id: string): string {
  if (id !== "") return id;
  throw new pulumi.RunError(
    "istio-eks: this eks.Cluster has no node security group of its own (skipDefaultSecurityGroups). " +
      "Write cluster.nodeSecurityGroupIds: [] if its nodes carry the cluster security group, else name their groups.",
  );
}

function nodeGroupsOf(
  settings: ClusterSettings,
  securityGroupId: () => InputValue,
  answers: ClusterAnswers,
): readonly NodeGroupFacts[] {
  if (settings.nodeSecurityGroupIds.length > 0) {
    return settings.nodeSecurityGroupIds.map((id) => ({
      securityGroupId: id,
      ...(typeof id === "string" ? { id } : {}),
      reachedByControlPlane: typeof id === "string" && id === settings.securityGroupId,
    }));
  }
  const clusterGroup = { securityGroupId: securityGroupId(), reachedByControlPlane: true };
  if (!settings.addPulumiNodeGroup) return [clusterGroup];
  // @pulumi/eks lets the control plane in to this group on 1025-65535.
  return [clusterGroup, { securityGroupId: answers.pulumiNodeGroupId(), reachedByControlPlane: true }];
}
