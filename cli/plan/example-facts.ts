import { z } from "zod";
import { field, patternForm } from "../../components/inputs/form";
import { certificateArn, hostedZoneId, securityGroupId, vpcId } from "../../components/inputs/aws/aws-id";
import { regionPattern } from "../../components/inputs/aws/aws-region";
import { cidr } from "../../components/inputs/network/cidr";
import { choice } from "../../components/inputs/choice";
import { problemsIn } from "../../components/inputs/problem";
import { checkShape, mapOf, shape } from "../../components/inputs/shape";
import { anyText } from "../../components/inputs/text";
import { IpFamily } from "../../components/plan/enums";
import { InputError } from "../input-error";

/** Answers a look-up in place of AWS. */
export type Answer = (token: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * What a plan takes for true of an account it does not ask. Every id is an example that AWS would not give out; a facts
 * file (`--facts`) puts real ones in their place.
 */
export interface Facts {
  readonly region: string;
  readonly vpcId: string;
  readonly vpcCidr: string;
  /** Further IPv4 ranges of the VPC. */
  readonly vpcSecondaryCidrs: readonly string[];
  readonly vpcIpv6Cidr: string;
  /** Further IPv6 ranges of the VPC. */
  readonly vpcSecondaryIpv6Cidrs: readonly string[];
  readonly securityGroupId: string;
  /** Addresses of pods and Services; none: those that the arguments name. */
  readonly ipFamily?: string;
  readonly endpoint: string;
  /** Ids of hosted zones by name. */
  readonly zones: Readonly<Record<string, string>>;
  /** ARNs of certificates by domain. */
  readonly certificates: Readonly<Record<string, string>>;
  /** Hosted zones of AWS' load balancers by type. */
  readonly loadBalancerZones: Readonly<Record<string, string>>;
}

const text = (allowed: string, pattern: RegExp) => field(patternForm(allowed, pattern)).optional();

/** The form of a facts file. */
export const factsShape = shape({
  region: text("an AWS region, such as eu-central-1", regionPattern),
  vpcId: field(vpcId).optional(),
  vpcCidr: field(cidr).optional(),
  vpcSecondaryCidrs: z.array(field(cidr)).optional(),
  vpcIpv6Cidr: field(cidr).optional(),
  vpcSecondaryIpv6Cidrs: z.array(field(cidr)).optional(),
  securityGroupId: field(securityGroupId).optional(),
  ipFamily: field(choice(IpFamily)).optional(),
  endpoint: field(anyText).optional(),
  zones: mapOf(field(hostedZoneId)).optional(),
  certificates: mapOf(field(certificateArn)).optional(),
  loadBalancerZones: mapOf(field(hostedZoneId)).optional(),
} satisfies Record<keyof Facts, z.ZodType>);

/** Refuses facts of another form; `where` names where they are written. */
export function checkFacts(where: string, facts: unknown): void {
  const { problems } = checkShape(factsShape, facts);
  if (problems.length > 0) throw new InputError(problemsIn(where, problems));
}

/** The examples, with what is known of the real account on top. */
export function exampleFacts(known: Partial<Facts>): Facts {
  return {
    region: "eu-central-1",
    vpcId: "vpc-0example00000000",
    vpcCidr: "10.0.0.0/16",
    vpcSecondaryCidrs: [],
    vpcIpv6Cidr: "2001:db8:1234:1a00::/56",
    vpcSecondaryIpv6Cidrs: [],
    securityGroupId: "sg-0example0cluster0",
    endpoint: "https://EXAMPLE.eks.amazonaws.com",
    zones: {},
    certificates: {},
    loadBalancerZones: { network: "ZEXAMPLENLB", application: "ZEXAMPLEALB" },
    ...known,
  };
}

/** Answers every look-up that the mesh makes; another one is a mistake here. */
export function answerWith(facts: Facts): Answer {
  const answers: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {
    "aws:eks/getCluster:getCluster": ({ name }) => ({
      name,
      arn: `arn:aws:eks:${facts.region}:123456789012:cluster/${String(name)}`,
      region: facts.region,
      endpoint: facts.endpoint,
      certificateAuthorities: [{ data: "ZXhhbXBsZQ==" }],
      kubernetesNetworkConfigs: facts.ipFamily === undefined ? [] : [{ ipFamily: facts.ipFamily }],
      vpcConfig: { vpcId: facts.vpcId, clusterSecurityGroupId: facts.securityGroupId },
    }),
    "aws:ec2/getVpc:getVpc": ({ id }) => ({ id, ...rangesOf(facts) }),
    "aws:acmpca/getCertificateAuthority:getCertificateAuthority": ({ arn }) => ({
      arn,
      status: "ACTIVE",
      usageMode: "GENERAL_PURPOSE",
    }),
    "aws:acm/getCertificate:getCertificate": ({ domain }) => ({
      arn: facts.certificates[String(domain)] ?? exampleArn(facts.region, String(domain)),
    }),
    "aws:route53/getZone:getZone": ({ name }) => ({ zoneId: facts.zones[String(name)] ?? exampleZone(String(name)) }),
    "aws:lb/getHostedZoneId:getHostedZoneId": ({ loadBalancerType }) => ({
      id: facts.loadBalancerZones[String(loadBalancerType)] ?? "ZEXAMPLE",
    }),
  };
  return (token, inputs) => {
    const answer = answers[token];
    if (answer === undefined) throw new Error(`no example answer for ${token}; this is a mistake in istio-eks`);
    return answer(inputs);
  };
}

function rangesOf({ vpcCidr, vpcSecondaryCidrs, vpcIpv6Cidr, vpcSecondaryIpv6Cidrs }: Facts) {
  const state = "associated";
  return {
    cidrBlock: vpcCidr,
    cidrBlockAssociations: [vpcCidr, ...vpcSecondaryCidrs].map((cidrBlock) => ({ cidrBlock, state })),
    ipv6CidrBlockAssociations: [vpcIpv6Cidr, ...vpcSecondaryIpv6Cidrs].map((ipv6CidrBlock) => ({
      ipv6CidrBlock,
      state,
    })),
  };
}

function exampleArn(region: string, domain: string): string {
  return `arn:aws:acm:${region}:123456789012:certificate/example-of-${domain.replace("*", "wildcard")}`;
}

function exampleZone(name: string): string {
  return `ZEXAMPLE${name.toUpperCase().replace(/[^A-Z0-9]/g, "")}`;
}
