import semver from "semver";
import type { Tree } from "../plan/input-value";
import type { SecuritySettings } from "../plan/security-settings";

/**
 * What istiod's mesh configuration must contain.
 *
 * `tlsDefaults` is for every TLS that is not the mesh's own, which is where a gateway ends it: the only way to a floor
 * for a Gateway of the Gateway API. Before 1.30 Istio took the number of a version there for the one before it, and
 * `TLSV1_3` let TLS 1.1 in (istio/istio#58912).
 */
export function meshConfigRequirements(security: SecuritySettings, version: string): Tree {
  const { minimumTlsVersion: minProtocolVersion, trustDomain, ownTrustDomain } = security;
  return {
    ...(ownTrustDomain ? { trustDomain } : {}),
    ...(minProtocolVersion === undefined
      ? {}
      : {
          meshMTLS: { minProtocolVersion },
          ...(hasTlsFloor(version) ? { tlsDefaults: { minProtocolVersion } } : {}),
        }),
  };
}

/** Whether a minimum version of TLS that ends in any gateway works in this version. */
export function hasTlsFloor(version: string): boolean {
  return semver.gte(version, "1.30.0");
}
