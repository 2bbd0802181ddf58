import type { CertificateAuthoritySettings } from "./certificate-authority";
import type { Dataplane, MinimumTlsVersion, MtlsMode, NodeRules, Protocol, TrafficDirection } from "./enums";

/** Identities, encryption and policies of the whole mesh. */
export interface SecuritySettings {
  /** Undefined: not set, and Istio is permissive by itself. */
  readonly mtls: MtlsMode | undefined;
  /** Undefined: not set, and Istio takes TLS 1.2. */
  readonly minimumTlsVersion: MinimumTlsVersion | undefined;
  /** What identities begin with, whoever decided it. */
  readonly trustDomain: string;
  /** Whether the mesh sets the trust domain of istiod. */
  readonly ownTrustDomain: boolean;
  /** The namespace whose policies hold for the whole mesh. */
  readonly rootNamespace: string;
  /** Deny what no policy allows. */
  readonly defaultDeny: boolean;
  /** NetworkPolicies for what the mesh itself runs. */
  readonly networkPolicies: boolean;
  readonly nodeRules: NodeRules;
  /** None: istiod signs with a self-signed root of its own. */
  readonly certificateAuthority: CertificateAuthoritySettings | undefined;
  /** The namespaces whose pods take part in the mesh. */
  readonly namespaces: readonly NamespaceSecuritySettings[];
}

/** The same for the pods of one namespace. */
export interface NamespaceSecuritySettings {
  readonly name: string;
  readonly dataplane: Dataplane;
  /** Name of the namespace's waypoint, which is also that of its service account; none: there is none. */
  readonly waypoint: string | undefined;
  readonly mtls: MtlsMode;
  readonly plaintextPorts: readonly PlaintextPortsSettings[];
  readonly networkPolicies: boolean;
  readonly allowedPeers: readonly AllowedPeerSettings[];
}

/** Ports of some pods that take plaintext where all others refuse it. */
export interface PlaintextPortsSettings {
  readonly name: string;
  /** Labels of the pods; never empty. */
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
}

/** Someone outside the mesh with whom the pods of a namespace may talk. */
export interface AllowedPeerSettings {
  readonly direction: TrafficDirection;
  readonly peer: AddressRange | PodsPeer;
  /** Empty: every port. */
  readonly ports: readonly number[];
  readonly protocol: Protocol;
}

export interface AddressRange {
  readonly cidr: string;
}

export interface PodsPeer {
  /** None: the namespace of the policy. */
  readonly namespace: string | undefined;
  /** Empty: every pod. */
  readonly podLabels: Readonly<Record<string, string>>;
}
