import { mayBeVpcRange } from "../../inputs/network/cidr";
import { ec2Description } from "../../inputs/aws/ec2-description";
import { namedById, namedByPeers, type NamedPeer } from "../../former-names";
import { logicalNames } from "../../logical-names";
import type { ClusterFacts } from "../../plan/facts";
import type { Listener, TargetPort } from "../../plan/ingress";
import type { ClientRange, IngressSettings } from "../../plan/ingress-settings";
import type { InputValue, NumberInput } from "../../plan/input-value";
import type { RulePeer, SecurityGroupPlan, SecurityGroupRulePlan } from "../../plan/security-group";
import { IpAddressType, Scheme } from "../../plan/enums";

/**
 * Plans the security group of an ingress' load balancer. It is ours, so that no controller makes one that it may leave
 * behind, and so that its rules say exactly who may come in and where it may go.
 */
export function planSecurityGroup(
  ingress: IngressSettings,
  facts: ClusterFacts,
  tags: Readonly<Record<string, InputValue>>,
): SecurityGroupPlan {
  return {
    name: logicalNames.securityGroup(ingress.name),
    after: [],
    ingress: ingress.name,
    vpcId: facts.vpcId(),
    description: ec2Description(`Load balancer of the Istio ingress ${ingress.name}`),
    tags: { Name: ingress.name, ...tags },
  };
}

/** What the rules of one ingress are made from. */
export interface RuleContext {
  readonly ingress: IngressSettings;
  readonly securityGroupId: InputValue;
  readonly facts: ClusterFacts;
  readonly tags: Readonly<Record<string, InputValue>>;
}

/** Plans who may come in: the allowed clients, on the load balancer's listeners and nowhere else. */
export function planClientRules(
  context: RuleContext,
  listeners: readonly Listener[],
): readonly SecurityGroupRulePlan[] {
  const { ingress, facts } = context;
  const clients = ingress.clients.flatMap((client, place) =>
    peersOf(client, { ipAddressType: ingress.ipAddressType, facts, place }),
  );
  const byDefault = ingress.clients.some(({ kind }) => kind === "vpc");
  const peers = ingress.scheme === Scheme.Internal && !byDefault ? inPlaceOfVpcRanges(clients) : clients;
  return listeners.flatMap((listener) => planListenerRules(context, listener, peers));
}

function planListenerRules(
  { ingress, securityGroupId, tags }: RuleContext,
  listener: Listener,
  peers: readonly ClientPeer[],
): readonly SecurityGroupRulePlan[] {
  const nameOf = (port: string, from: string) => logicalNames.rule(ingress.name, `${port}-from-${from}`);
  const port = portName(listener);
  return peers.map(({ named, peer, after }) => ({
    ...namedByPeers([port, named], nameOf),
    after: after === undefined ? [] : [nameOf(port.name, after)],
    direction: "ingress" as const,
    securityGroupId,
    port: listener.port,
    peer:
      "cidrsIpv4" in peer || "cidrsIpv6" in peer
        ? { ...peer, formerName: (range: string) => nameOf(port.name, range) }
        : peer,
    description: ec2Description(`Clients, ${listener.name}`),
    tags,
  }));
}

/** A port in the names of its rules. */
function portName({ name, ruleName }: Pick<Listener, "name" | "ruleName">): NamedPeer {
  return ruleName === undefined ? { name, otherNames: [] } : { name: ruleName, otherNames: [name] };
}

/** Clients of one kind, and how the names of their rules speak of them. */
export interface ClientPeer {
  readonly named: NamedPeer;
  readonly peer: RulePeer;
  /** Name of the peer whose rules are created or updated before those of this one. */
  readonly after?: string;
}

/**
 * Lets ranges that the user names in place of the default take over the rules of the VPC's own ranges, which may be the
 * same. Which range is the VPC's is known to nobody here: the first one that may be takes the rule over, and the others
 * come after it, so that no rule is created while another one still has its content.
 */
function inPlaceOfVpcRanges(peers: readonly ClientPeer[]): readonly ClientPeer[] {
  return takingOver(takingOver(peers, "cidrIpv4", "vpc"), "cidrIpv6", "vpc-ipv6");
}

function takingOver(
  peers: readonly ClientPeer[],
  family: "cidrIpv4" | "cidrIpv6",
  rule: string,
): readonly ClientPeer[] {
  const candidates = peers.filter(({ named, peer }) => family in peer && mayBeVpcRange(named.name));
  return peers.map((client) => {
    if (!candidates.includes(client)) return client;
    const { name } = client.named;
    const secondary = `${rule}-secondary-${name}`;
    const [first = client] = candidates;
    return first === client
      ? { ...client, named: { name, otherNames: [rule, secondary] } }
      : { ...client, named: { name, otherNames: [secondary] }, after: first.named.name };
  });
}

/** What the peers of a rule are made from. */
export interface PeersContext {
  readonly ipAddressType: IpAddressType;
  readonly facts: ClusterFacts;
  /** The place of the client in its list. */
  readonly place: number;
}

/** The peers of the rules for one kind of client. */
export function peersOf(client: ClientRange, { ipAddressType, facts, place }: PeersContext): readonly ClientPeer[] {
  switch (client.kind) {
    case "vpc":
      return vpcPeers(facts, ipAddressType);
    case "ipv4":
      return [{ named: { name: client.cidr, otherNames: [] }, peer: { cidrIpv4: client.cidr } }];
    case "ipv6":
      return [{ named: { name: client.cidr, otherNames: [] }, peer: { cidrIpv6: client.cidr } }];
    case "prefix-list":
      return [{ named: idName(client.id, `prefix-list-${place}`), peer: { prefixListId: client.id } }];
    case "security-group":
      return [{ named: idName(client.id, `security-group-${place}`), peer: { securityGroupId: client.id } }];
  }
}

function vpcPeers(facts: ClusterFacts, ipAddressType: IpAddressType): readonly ClientPeer[] {
  const [ipv4, ipv6] = [facts.vpcCidr(), facts.vpcIpv6Cidr];
  return [
    { named: { name: "vpc", otherNames: [ipv4] }, peer: { cidrIpv4: ipv4 } },
    { named: { name: "vpc-secondary", otherNames: [] }, peer: { cidrsIpv4: facts.vpcSecondaryCidrs() } },
    ...(ipAddressType === IpAddressType.Dualstack
      ? [
          { named: { name: "vpc-ipv6", otherNames: [ipv6()] }, peer: { cidrIpv6: ipv6() } },
          { named: { name: "vpc-ipv6-secondary", otherNames: [] }, peer: { cidrsIpv6: facts.vpcSecondaryIpv6Cidrs() } },
        ]
      : []),
  ];
}

function idName(id: InputValue, place: string): NamedPeer {
  return namedById(typeof id === "string" ? id : undefined, place, id);
}

/** Where one port of the gateway is found from outside: its own number, or the node port that leads to it. */
export interface Target extends Pick<TargetPort, "name" | "ruleName"> {
  readonly port: NumberInput;
}

/**
 * Plans the way from the load balancer to the gateway: out of its group, and into each group of the nodes.
 *
 * Both are needed. A group that Pulumi makes lets nothing out by itself, not even health checks; and since the group is
 * ours, no controller opens the nodes' groups for it.
 */
export function planTargetRules(context: RuleContext, targets: readonly Target[]): readonly SecurityGroupRulePlan[] {
  const { ingress, securityGroupId, facts, tags } = context;
  return targets.flatMap((target) =>
    facts.nodeGroups().flatMap(({ securityGroupId: nodes, id }, index) => {
      const group = namedById(id, index === 0 ? "nodes" : `nodes-${index + 1}`, nodes);
      const named = (direction: "to" | "into") =>
        namedByPeers([portName(target), group], (from, to) =>
          logicalNames.rule(ingress.name, `${from}-${direction}-${to}`),
        );
      const description = ec2Description(`Istio ingress ${ingress.name}, ${target.name}`);
      const common = { after: [], port: target.port, tags, description };
      return [
        {
          ...common,
          ...named("to"),
          direction: "egress" as const,
          securityGroupId,
          peer: { securityGroupId: nodes },
        },
        {
          ...common,
          ...named("into"),
          direction: "ingress" as const,
          securityGroupId: nodes,
          peer: { securityGroupId },
        },
      ];
    }),
  );
}
