import { ec2Description } from "../inputs/aws/ec2-description";
import { namedById, namedByPeers } from "../former-names";
import { logicalNames } from "../logical-names";
import type { ClusterFacts } from "../plan/facts";
import type { ClientRange } from "../plan/ingress-settings";
import type { InputValue } from "../plan/input-value";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import { IpAddressType } from "../plan/enums";
import { peersOf } from "../ingress/clients/security-group-plan";

/**
 * Plans the rules by which pods of other clusters reach the pods on these nodes: with sidecars, mTLS goes to the
 * application's own port, whichever that is.
 */
export function planFlatNetworkRules(
  peers: readonly ClientRange[],
  facts: ClusterFacts,
  tags: Readonly<Record<string, InputValue>>,
): readonly SecurityGroupRulePlan[] {
  const all = peers.flatMap((peer, place) => peersOf(peer, { ipAddressType: IpAddressType.Dualstack, facts, place }));
  return facts.nodeGroups().flatMap(({ securityGroupId, id }, place) =>
    all.map(({ named, peer }) => ({
      ...namedByPeers([namedById(id, String(place), securityGroupId), named], logicalNames.flatNetworkRule),
      after: [],
      direction: "ingress" as const,
      securityGroupId,
      ...{ port: 0, lastPort: 65535 },
      peer,
      description: ec2Description("Istio, pods of other clusters"),
      tags,
    })),
  );
}
