import { z } from "zod";
import { choice } from "../inputs/choice";
import { field, textForm, type Form } from "../inputs/form";
import { shape } from "../inputs/shape";
import { MinimumTlsVersion, MtlsMode, NodeRules } from "../plan/enums";
import {
  type CertificateAuthorityArgs,
  certificateAuthorityShape,
} from "./certificate-authority/certificate-authority-args";

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
