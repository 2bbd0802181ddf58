import type { EgressSettings } from "../plan/settings";
import type { Tree } from "../plan/input-value";

const modes = { "allow-any": "ALLOW_ANY", "registry-only": "REGISTRY_ONLY" } as const;

/** What istiod's mesh configuration must set for traffic to hosts that the mesh does not know. */
export function outboundPolicy({ policy }: EgressSettings): Tree {
  return policy === undefined ? {} : { outboundTrafficPolicy: { mode: modes[policy] } };
}
