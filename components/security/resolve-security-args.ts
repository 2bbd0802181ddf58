import { isDeferred } from "../inputs/input-value";
import { valueAt } from "../inputs/path";
import { problemIf } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { NamespaceSecuritySettings, SecuritySettings } from "../plan/security-settings";
import type { MeshSettings } from "../plan/settings";
import {
  Dataplane,
  LoadBalancerController,
  MinimumTlsVersion,
  MtlsMode,
  NodeRules,
  Profile,
  Routing,
} from "../plan/enums";
import { resolveCertificateAuthority } from "./certificate-authority/certificate-authority-args";
import { resolveNamespacePolicies } from "./namespace-policies-args";
import type { IngressSettings } from "../plan/ingress-settings";
import { hasTlsFloor } from "./mesh-config-requirements";
import type { SecurityArgs } from "./security-args";
import type { SecurityContext } from "./security-context";

const defaultTrustDomain = "cluster.local";

/** Fills in the defaults of `security` and of each namespace's part of it. */
export function resolveSecurity(args: SecurityArgs, context: SecurityContext): Resolved<SecuritySettings> {
  const rootNamespace = textOf(context, "rootNamespace") ?? context.istioNamespace;
  const namespaces = resolveNamespacePolicies(context.policies, {
    mtls: args.mtls ?? MtlsMode.Permissive,
    networkPolicies: args.networkPolicies ?? false,
    rootNamespace,
    namespaces: context.namespaces,
  });
  const authority = resolveCertificateAuthority(args.certificateAuthority, context);
  return {
    settings: {
      mtls: args.mtls,
      minimumTlsVersion: args.minimumTlsVersion,
      trustDomain: args.trustDomain ?? textOf(context, "trustDomain") ?? defaultTrustDomain,
      ownTrustDomain: args.trustDomain !== undefined,
      rootNamespace,
      defaultDeny: args.defaultDeny ?? false,
      networkPolicies: args.networkPolicies ?? false,
      nodeRules: args.nodeRules ?? NodeRules.Auto,
      certificateAuthority: authority.settings,
      namespaces: namespaces.settings,
    },
    problems: [...namespaces.problems, ...checkDeferred(args, context), ...authority.problems],
    warnings: [
      ...namespaces.warnings,
      ...authority.warnings,
      ...warnOfOutsiders(args, context),
      ...warnOfOthersMeshConfig(args, context),
      ...warnOfEnforcement(args, namespaces.settings, context),
      ...warnOfHttpRules(args, namespaces.settings),
    ],
  };
}

/** A text of the mesh configuration, where the user wrote one that is known already. */
function textOf({ meshConfigs }: SecurityContext, member: string): string | undefined {
  return meshConfigs.map((config) => valueAt(config, [member])).find((value) => typeof value === "string");
}

/** Where policies go decides which resources there are; and of whom they speak, they say with the trust domain. */
function checkDeferred({ defaultDeny, trustDomain: own }: SecurityArgs, context: SecurityContext): readonly Problem[] {
  const needed = ["rootNamespace", ...(defaultDeny === true && own === undefined ? ["trustDomain"] : [])];
  return needed.flatMap((member) =>
    context.meshConfigs.flatMap((config) => {
      const given = valueAt(config, [member]);
      return problemIf(isDeferred(given), `istio.meshConfig.${member}`, {
        given,
        allowed: "a text that is known before anything is made",
        suggestion: "write it as it is",
      });
    }),
  );
}

/** With mTLS strict, a namespace outside the mesh has nobody left to call. */
function warnOfOutsiders({ mtls }: SecurityArgs, { namespaces }: SecurityContext): readonly string[] {
  if (mtls !== MtlsMode.Strict) return [];
  return namespaces
    .filter(({ dataplane }) => dataplane === Dataplane.None)
    .map(
      ({ name }) =>
        `security.mtls: strict, and pods of namespaces.${name} (dataplane none) speak plaintext: pods of the mesh refuse ` +
        "them, but for plaintextPorts and namespaces with mtls permissive.",
    );
}

/** istiod is configured where it is installed. */
function warnOfOthersMeshConfig(args: SecurityArgs, { profile }: SecurityContext): readonly string[] {
  if (profile !== Profile.Empty && profile !== Profile.Remote) return [];
  return (["minimumTlsVersion", "trustDomain"] as const)
    .filter((member) => args[member] !== undefined)
    .map(
      (member) =>
        `security.${member}: with profile ${profile} istiod is configured elsewhere; its meshConfig must say the same.`,
    );
}

/** A NetworkPolicy that nobody enforces looks like one that holds. */
function warnOfEnforcement(
  { networkPolicies = false }: SecurityArgs,
  namespaces: readonly NamespaceSecuritySettings[],
  { controller }: SecurityContext,
): readonly string[] {
  const closed = namespaces.filter((namespace) => namespace.networkPolicies).map(({ name }) => name);
  if (!networkPolicies && closed.length === 0) return [];
  const path = networkPolicies ? "security.networkPolicies" : "namespaces.*.networkPolicies";
  const engine =
    controller === LoadBalancerController.EksAutoMode
      ? 'the ConfigMap kube-system/amazon-vpc-cni says enable-network-policy-controller: "true"'
      : 'the add-on vpc-cni has enableNetworkPolicy: "true", or another engine is installed';
  return [
    `${path}: EKS enforces NetworkPolicies only if ${engine}. ` +
      "Pods of the mesh then reach nothing outside it but DNS and their namespace's allowedPeers.",
  ];
}

/** What ztunnel leaves out of a policy that allows, it does not allow. */
function warnOfHttpRules(
  { defaultDeny = false }: SecurityArgs,
  namespaces: readonly NamespaceSecuritySettings[],
): readonly string[] {
  const names = namespaces
    .filter(({ dataplane, waypoint }) => dataplane === Dataplane.Ambient && waypoint === undefined)
    .map(({ name }) => name);
  if (!defaultDeny || names.length === 0) return [];
  return [
    `security.defaultDeny: without a waypoint only callers and ports can be allowed (${names.join(", ")}): rules with ` +
      "methods, paths or hosts are left out there, so that what they would allow stays denied.",
  ];
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
