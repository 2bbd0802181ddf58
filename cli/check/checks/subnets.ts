import semver from "semver";
import { strategyFor } from "../../../components/ingress/strategies";
import type { IngressSettings } from "../../../components/plan/ingress-settings";
import { IpAddressType, LoadBalancerController, Scheme } from "../../../components/plan/enums";
import type { EksCluster, Subnet } from "../aws-facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { textAt } from "../kubernetes-object";
import { loadBalancersOf } from "../mesh-parts";
import { plainTexts, type Situation, whenKnown } from "../situation";

/** What AWS wants to be free in a subnet before it puts a load balancer there. */
const addressesNeeded = 8;
/** From here on the controller takes untagged subnets, by their route to the internet. */
const untaggedSince = "2.12.1";

export const subnets = {
  name: "subnets",
  title: "Subnets of the load balancers",
  how: "aws ec2 describe-subnets",
  kinds: {
    encrypted: {
      level: "unknown",
      what: "The ids of the subnets are encrypted in the stack file.",
      suggestion: "Check by hand that they are in the VPC, in two zones or more, one in each.",
    },
    absent: {
      level: "problem",
      what: "{ids}: not in the VPC {vpc} of the cluster.",
      suggestion: "Write ids of subnets of that VPC below subnetIds, or remove subnetIds.",
    },
    untagged: {
      level: "problem",
      what: "No subnet of the VPC has the tag {tag}, by which the controller chooses.",
      suggestion: "aws ec2 create-tags --resources <subnet ids> --tags Key={tag},Value=1, or write subnetIds.",
    },
    "by-routes": {
      level: "warning",
      what: "No subnet of the VPC has the tag {tag}: the controller will choose by routes to the internet.",
      suggestion: "aws ec2 create-tags --resources <subnet ids> --tags Key={tag},Value=1, or write subnetIds.",
    },
    "one-zone": {
      level: "problem",
      what: "All of its subnets are in {zones}; an {type} needs {required} zones.",
      suggestion: "Give or tag a subnet in another zone.",
    },
    "one-zone-nlb": {
      level: "warning",
      what: "All of its subnets are in {zones}: the load balancer fails with that zone.",
      suggestion: "Give or tag a subnet in another zone. AWS can add zones to an NLB, and not take them away.",
    },
    "same-zone": {
      level: "problem",
      what: "{ids} are in the same zone; a load balancer takes one subnet of each.",
      suggestion: "Keep one of them below subnetIds.",
    },
    "no-ipv6": {
      level: "problem",
      what: "{ids}: no IPv6 range, which every subnet of a load balancer with ipAddressType dualstack needs.",
      suggestion:
        "Associate an IPv6 range of the VPC with each (aws ec2 associate-subnet-cidr-block), or use other subnets.",
    },
    full: {
      level: "warning",
      what: "{ids}: fewer than {needed} free addresses, which AWS wants for a load balancer.",
      suggestion: "Free addresses there, or use other subnets.",
    },
    fit: { level: "ok", what: "{count} subnets in {zones}." },
  },
} as const satisfies Subject;

const finding = findingsOf(subnets);

/** Where can the load balancers be? */
export function checkSubnets(situation: Situation): readonly Finding[] {
  const { aws } = situation.facts;
  return loadBalancersOf(situation.settings).flatMap(({ ingress, where }) => {
    const ids = plainTexts(ingress.subnetIds);
    if (ids === undefined) return [finding("encrypted", where)];
    return whenKnown({ finding, where }, { all: aws.subnets, eks: aws.cluster }, ({ all, eks }) => {
      if (eks === undefined) return [];
      return ids.length > 0
        ? checkGiven({ ingress, where, all }, ids, eks)
        : checkTagged({ ingress, where, all }, eks, situation);
    });
  });
}

interface IngressSubnets {
  readonly ingress: IngressSettings;
  readonly where: string;
  /** Subnets of the VPC. */
  readonly all: readonly Subnet[];
}

function checkGiven(ingressSubnets: IngressSubnets, ids: readonly string[], { vpcId }: EksCluster): readonly Finding[] {
  const { where, all } = ingressSubnets;
  const absent = ids.filter((id) => !all.some((subnet) => subnet.id === id));
  if (absent.length > 0) return [finding("absent", where, { ids: absent.join(", "), vpc: vpcId })];
  const chosen = all.filter(({ id }) => ids.includes(id));
  const twice = chosen.filter(({ zone, id }) => chosen.some((other) => other.zone === zone && other.id !== id));
  const doubled = twice.length > 0 ? [finding("same-zone", where, { ids: idsOf(twice) })] : [];
  return [...doubled, ...checkChosen(ingressSubnets, chosen, doubled.length === 0)];
}

function checkTagged(ingressSubnets: IngressSubnets, eks: EksCluster, situation: Situation): readonly Finding[] {
  const { ingress, where, all } = ingressSubnets;
  const role = ingress.scheme === Scheme.Internal ? "internal-elb" : "elb";
  const tag = `kubernetes.io/role/${role}`;
  const mark = "kubernetes.io/cluster/";
  const usable = all.filter(({ tags }) => {
    const owners = Object.keys(tags).filter((key) => key.startsWith(mark));
    return owners.length === 0 || owners.includes(`${mark}${eks.name}`);
  });
  const tagged = usable.filter(({ tags }) => tags[tag] === "1" || tags[tag] === "");
  if (tagged.length > 0) return checkChosen(ingressSubnets, tagged, true);
  return [finding(takesUntagged(situation) ? "by-routes" : "untagged", where, { tag })];
}

/** Whether the controller in the cluster is new enough to do without tags. */
function takesUntagged({ settings, facts }: Situation): boolean {
  if (settings.controller === LoadBalancerController.EksAutoMode) return false;
  const { controllers } = facts.kubernetes;
  const [one] = controllers.known ? controllers.answer : [];
  const image = textAt(one, "spec", "template", "spec", "containers", 0, "image");
  const version = semver.coerce(image.split(":")[1]);
  return version !== null && semver.gte(version, untaggedSince);
}

function checkChosen(
  { ingress, where }: IngressSubnets,
  chosen: readonly Subnet[],
  otherwiseFine: boolean,
): readonly Finding[] {
  const zones = [...new Set(chosen.map(({ zone }) => zone))].sort();
  const { title: type, requiredZones: required } = strategyFor(ingress).module;
  const counts = { count: chosen.length, needed: addressesNeeded, required };
  const details: Details = { ...counts, type, zones: zones.join(", ") };
  const single = zones.length < 2 ? "one-zone-nlb" : undefined;
  const few = zones.length < required ? "one-zone" : single;
  const noIpv6 = ingress.ipAddressType === IpAddressType.Dualstack ? withoutIpv6(chosen) : [];
  const full = chosen.filter(({ freeAddresses }) => freeAddresses < addressesNeeded);
  const bad = [
    ...(few === undefined ? [] : [finding(few, where, details)]),
    ...(noIpv6.length > 0 ? [finding("no-ipv6", where, { ids: idsOf(noIpv6) })] : []),
    ...(full.length > 0 ? [finding("full", where, { ...details, ids: idsOf(full) })] : []),
  ];
  return bad.length > 0 || !otherwiseFine ? bad : [finding("fit", where, details)];
}

/** Of a zone with several subnets the controller takes one, maybe one that has a range. */
function withoutIpv6(chosen: readonly Subnet[]): readonly Subnet[] {
  const zones = chosen.filter(({ hasIpv6 }) => hasIpv6).map(({ zone }) => zone);
  return chosen.filter(({ zone }) => !zones.includes(zone));
}

function idsOf(all: readonly Subnet[]): string {
  return all.map(({ id }) => id).join(", ");
}
