import semver from "semver";
import type { Tree } from "../../plan/input-value";
import type { SecuritySettings } from "../../plan/security-settings";

const policies: Tree = { global: { networkPolicy: { enabled: true } } };

/** Has istiod's chart bring istiod's own NetworkPolicy (components/decisions/0012-whose-network-policies.md). */
export function istiodPolicies({ networkPolicies }: SecuritySettings): Tree {
  return networkPolicies ? policies : {};
}

/** The same for the charts cni and ztunnel, which have one from 1.29 on. */
export function agentPolicies({ networkPolicies }: SecuritySettings, version: string): Tree {
  return networkPolicies && semver.gte(version, "1.29.0") ? policies : {};
}
