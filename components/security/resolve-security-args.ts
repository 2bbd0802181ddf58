import type { NamespaceArgs } from "../control-plane/namespaces/namespace-args";
import { isTree } from "../control-plane/charts/chart-values";
import type { IngressSettings } from "../plan/ingress-settings";
import type { Resolved } from "../plan/problem";
import type { SecuritySettings } from "../plan/security-settings";
import type { ControlPlaneSettings, MeshSettings, NamespaceSettings } from "../plan/settings";
import { type LoadBalancerController, MinimumTlsVersion, Routing } from "../plan/enums";
import { hasTlsFloor } from "./mesh-config-requirements";
import type { SecurityArgs } from "./security-args";
import { resolveSecurity } from "./security-args";

/** The arguments of a mesh that decide who may talk to whom, and how. */
export interface MeshSecurityArgs {
  readonly security?: SecurityArgs;
  readonly namespaces?: Readonly<Record<string, NamespaceArgs>>;
}

/** What is resolved besides. */
export interface SecurityContext {
  readonly controller: LoadBalancerController;
  readonly namespaces: readonly NamespaceSettings[];
}

/** Resolves `security`, and what the namespaces say of it, with what it must know of the mesh. */
export function resolveSecurityOf(
  args: MeshSecurityArgs,
  { profile, namespace, meshConfig, values }: ControlPlaneSettings,
  { controller, namespaces }: SecurityContext,
): Resolved<SecuritySettings> {
  const { meshConfig: inValues } = values.istiod;
  return resolveSecurity(args.security ?? {}, {
    profile,
    now: new Date(),
    controller,
    istioNamespace: namespace,
    // As Helm merges them.
    meshConfigs: isTree(inValues) ? [inValues, meshConfig] : [meshConfig],
    namespaces,
    policies: args.namespaces ?? {},
  });
}

/** A gateway that someone else makes has an identity that nobody here knows, so that no policy can name it. */
export function warnOfUnmanagedGateways(
  { security, gateways }: Pick<MeshSettings, "security" | "gateways">,
  ingresses: readonly IngressSettings[],
): readonly string[] {
  if (!security.defaultDeny) return [];
  const unmanaged = gateways.filter(({ createdBy }) => createdBy === "someone-else").map(({ name }) => name);
  return ingresses
    .filter(({ gateway, routes }) => unmanaged.includes(gateway) && routes.length > 0)
    .map(
      ({ name }) =>
        `security.defaultDeny: the routes of "${name}" lead to pods that refuse its gateway: someone else makes it, and its ` +
        "service account is not known here. Allow it with an AuthorizationPolicy of yours.",
    );
}

/** The Gateway API has no word for the least version of TLS, and older control planes take none from elsewhere. */
export function warnOfTlsFloor(
  { security, gateways, controlPlane }: Pick<MeshSettings, "security" | "gateways" | "controlPlane">,
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
