import { z } from "zod";
import { choice } from "../inputs/choice";
import { field, textForm, type Form } from "../inputs/form";
import { isDeferred } from "../inputs/input-value";
import { valueAt } from "../inputs/path";
import { problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import type { Tree } from "../plan/input-value";
import type { Problem, Resolved } from "../plan/problem";
import type { NamespaceSecuritySettings, SecuritySettings } from "../plan/security-settings";
import type { NamespaceSettings } from "../plan/settings";
import { Dataplane, LoadBalancerController, MinimumTlsVersion, MtlsMode, NodeRules, Profile } from "../plan/enums";
import {
  type CertificateAuthorityArgs,
  certificateAuthorityShape,
  resolveCertificateAuthority,
} from "./certificate-authority-args";
import { type NamespacePoliciesArgs, resolveNamespacePolicies } from "./namespace-policies-args";

/** Encryption and identities of the whole mesh. docs/security.md describes how the members work together. */
export interface SecurityArgs {
  /**
   * `strict`: pods of the mesh refuse plaintext. `permissive`: they take it besides mTLS, while callers move in.
   * Going from one to the other changes PeerAuthentications and nothing else; no pod restarts.
   *
   * @defaultValue none: permissive, as Istio is by itself
   * @example `"strict"`
   */
  mtls?: MtlsMode;
  /**
   * Deny what no AuthorizationPolicy allows. Allowed from the start: clients at gateways, gateways in the namespaces that
   * `routes` of their ingresses lead to, waypoints before their pods, and `plaintextPorts`.
   *
   * @defaultValue `false`
   * @example `true`
   */
  defaultDeny?: boolean;
  /**
   * Each pod of the mesh talks with the mesh, DNS and its namespace's `allowedPeers` only, and gateways and control plane
   * are reached on the ports that they need. It takes an engine that enforces NetworkPolicies: on EKS the VPC CNI's own,
   * which is off by itself.
   *
   * @defaultValue `false`
   * @example `true`
   */
  networkPolicies?: boolean;
  /**
   * Minimum version of TLS between pods, and where TLS ends in a gateway. A load balancer that ends TLS has
   * `tls.policy` of its ingress.
   *
   * @defaultValue none: Istio takes TLS 1.2
   * @example `"TLSV1_3"`
   */
  minimumTlsVersion?: MinimumTlsVersion;
  /**
   * Rules for the nodes' security groups: from the cluster's control plane to istiod's webhooks (15017), and between
   * nodes what the mesh says there (15012 to istiod, 15008 in ambient mode, metrics on 15014 and 15020; behind node ports
   * also the ports of the gateways' pods). `auto`: where `cluster.nodeSecurityGroupIds` names groups other than the
   * cluster security group, and between different groups. `always`: for every group of nodes, such as a cluster security
   * group whose own rules were trimmed. `never`: you have them already; AWS refuses the same rule twice.
   *
   * @defaultValue `"auto"`
   * @example `"never"`
   */
  nodeRules?: NodeRules;
  /**
   * First part of the mesh's identities: `<trustDomain>/ns/<namespace>/sa/<service account>`.
   *
   * @defaultValue `"cluster.local"`
   * @remarks
   * Decide before the first `up`. To change it later, name the old one in `istio.meshConfig.trustDomainAliases`, and
   * restart the pods with sidecars.
   * @example `"mesh.example.com"`
   */
  trustDomain?: string;
  /**
   * Who signs the certificates of workloads: istiod with an intermediate certificate of your own authority. Meshes of
   * several clusters need one root for all.
   *
   * @defaultValue istiod has a self-signed root of its own, in the Secret `istio-ca-secret`
   * @remarks Pods whose certificates have different roots do not reach each other. docs/how-to/certificate-authority.md
   * has the steps to change the authority of a running mesh.
   */
  certificateAuthority?: CertificateAuthorityArgs;
}

/** Source: istio/istio pkg/config/validation/agent/validation.go, ValidateTrustDomain: DNS labels. */
const trustDomain: Form = textForm("a DNS name in lower case, such as mesh.example.com", (given) => {
  const pattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
  if (pattern.test(given)) return undefined;
  const corrected = given
    .toLowerCase()
    .replace(/^spiffe:\/\//, "")
    .replace(/\/.*$/, "");
  return pattern.test(corrected) ? `write "${corrected}"` : "write a name such as mesh.example.com";
});

export const securityShape = shape({
  mtls: field(choice(MtlsMode)).optional(),
  defaultDeny: z.boolean().optional(),
  networkPolicies: z.boolean().optional(),
  minimumTlsVersion: field(choice(MinimumTlsVersion)).optional(),
  nodeRules: field(choice(NodeRules)).optional(),
  trustDomain: field(trustDomain).optional(),
  certificateAuthority: certificateAuthorityShape.optional(),
} satisfies Record<keyof SecurityArgs, z.ZodType>);

/** What security must know of the mesh around it. */
export interface SecurityContext {
  readonly profile: Profile;
  /** When the arguments are checked. */
  readonly now: Date;
  readonly controller: LoadBalancerController;
  /** Namespace of the control plane. */
  readonly istioNamespace: string;
  /** Mesh configuration that the user wrote; what an earlier one says counts. */
  readonly meshConfigs: readonly Tree[];
  readonly namespaces: readonly NamespaceSettings[];
  /** What the user wrote for each namespace. */
  readonly policies: Readonly<Record<string, NamespacePoliciesArgs>>;
}

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
