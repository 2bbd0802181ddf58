import { isTree } from "../charts/chart-values";
import type { IstioMeshArgs } from "../istio-mesh-args";
import type { IngressSettings } from "../plan/ingress-settings";
import type { Resolved } from "../plan/problem";
import type { SecuritySettings } from "../plan/security-settings";
import type { ControlPlaneSettings, NamespaceSettings } from "../plan/settings";
import { type LoadBalancerController, MinimumTlsVersion, Routing } from "../plan/words";
import { hasTlsFloor } from "../security/mesh-config-requirements";
import { resolveSecurity } from "../security/security-args";
import type { ChartDemands } from "./chart-values-args";

/** What is resolved besides. */
export interface SecurityNeighbours {
  readonly controller: LoadBalancerController;
  readonly namespaces: readonly NamespaceSettings[];
}

/** Resolves `security`, and what the namespaces say of it, with what it must know of the mesh. */
export function resolveSecurityOf(
  args: IstioMeshArgs,
  { profile, namespace, meshConfig, values }: ControlPlaneSettings,
  { controller, namespaces }: SecurityNeighbours,
): Resolved<SecuritySettings> {
  const { meshConfig: inValues } = values.istiod;
  return resolveSecurity(args.security ?? {}, {
    profile,
    controller,
    istioNamespace: namespace,
    // As Helm merges them.
    meshConfigs: isTree(inValues) ? [inValues, meshConfig] : [meshConfig],
    namespaces,
    policies: args.namespaces ?? {},
  });
}

/** The Gateway API has no word for the least version of TLS, and older control planes take none from elsewhere. */
export function warnOfTlsFloor(
  { security, gateways, controlPlane }: ChartDemands,
  ingresses: readonly IngressSettings[],
): readonly string[] {
  if (security.minimumTlsVersion !== MinimumTlsVersion.Tls13 || hasTlsFloor(controlPlane.main.version)) return [];
  const withApi = gateways.filter(({ routing }) => routing === Routing.GatewayApi).map(({ name }) => name);
  return ingresses
    .filter(({ gateway, tls }) => withApi.includes(gateway) && tls.secretName !== undefined)
    .map(
      ({ name }) =>
        `security.minimumTlsVersion: the gateway of "${name}" still takes TLS 1.2: with routing gateway-api Istio knows a ` +
        "least version from 1.30 on.",
    );
}
