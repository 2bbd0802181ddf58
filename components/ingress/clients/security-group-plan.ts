import { mayBeVpcRange } from "../../inputs/cidr";
import { ec2Description } from "../../inputs/ec2-description";
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
  const { ingress, securityGroupId, facts, tags } = context;
  const peers = ingress.clients.flatMap((client, place) =>
    peersOf(client, { ipAddressType: ingress.ipAddressType, facts, place }),
  );
  const formerVpc = formerVpcRange(ingress);
  return listeners.flatMap(({ name, port }) =>
    peers.map(([from, peer]) => ({
      name: logicalNames.rule(ingress.name, `${name}-from-${from}`),
      ...(from === formerVpc ? { formerNames: [logicalNames.rule(ingress.name, `${name}-from-vpc`)] } : {}),
      after: [],
      direction: "ingress" as const,
      securityGroupId,
      port,
      peer,
      description: ec2Description(`Clients, ${name}`),
      tags,
    })),
  );
}

/**
 * The first range that may be the VPC's own. Where the user names it in place of the default, its rule takes the place of
 * the default's: AWS refuses a second rule of the same content.
 */
function formerVpcRange({ scheme, clients }: IngressSettings): string | undefined {
  if (scheme !== Scheme.Internal) return undefined;
  return clients.flatMap((client) => (client.kind === "ipv4" && mayBeVpcRange(client.cidr) ? [client.cidr] : []))[0];
}

/** What the peers of a rule are made from. */
export interface PeersContext {
  readonly ipAddressType: IpAddressType;
  readonly facts: ClusterFacts;
  /** The place of the client in its list. */
  readonly place: number;
}

/** The peers of the rules for one kind of client, each with its part of a logical name. */
export function peersOf(
  client: ClientRange,
  { ipAddressType, facts, place }: PeersContext,
): readonly (readonly [string, RulePeer])[] {
  // An id that is known later has its place in the list as its name.
  const idOf = (id: InputValue, what: string) => (typeof id === "string" ? id : `${what}-${place}`);
  switch (client.kind) {
    case "vpc":
      return [
        ["vpc", { cidrIpv4: facts.vpcCidr() }],
        ["vpc-secondary", { cidrsIpv4: facts.vpcSecondaryCidrs() }],
        ...(ipAddressType === IpAddressType.Dualstack
          ? ([["vpc-ipv6", { cidrIpv6: facts.vpcIpv6Cidr() }]] as const)
          : []),
      ];
    case "ipv4":
      return [[client.cidr, { cidrIpv4: client.cidr }]];
    case "ipv6":
      return [[client.cidr, { cidrIpv6: client.cidr }]];
    case "prefix-list":
      return [[idOf(client.id, "prefix-list"), { prefixListId: client.id }]];
    case "security-group":
      return [[idOf(client.id, "security-group"), { securityGroupId: client.id }]];
  }
}

/** Where one port of the gateway is found from outside: its own number, or the node port that leads to it. */
export interface Target {
  readonly name: TargetPort["name"];
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
  return targets.flatMap(({ name, port }) =>
    facts.nodeGroups().flatMap(({ securityGroupId: nodes, id }, index) => {
      const place = index === 0 ? "nodes" : `nodes-${index + 1}`;
      const named = (direction: "to" | "into") => ({
        name: logicalNames.rule(ingress.name, `${name}-${direction}-${id === undefined ? place : id}`),
        ...(id === undefined
          ? {}
          : { formerNames: [logicalNames.rule(ingress.name, `${name}-${direction}-${place}`)] }),
      });
      const description = ec2Description(`Istio ingress ${ingress.name}, ${name}`);
      const common = { after: [], port, tags, description };
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
