import type { ClientRange, IngressSettings, NlbSettings } from "./ingress-settings";
import type { InputValue, ListInput, Tree } from "./input-value";
import type { Planned } from "./planned";
import type { GatewaySettings } from "./gateway-settings";
import type { Mode } from "./enums";

/** One cluster of a mesh that spans several. */
export interface MultiClusterSettings {
  readonly membership: MeshMembership;
  /** Root certificates in PEM format; empty: they are not known here. */
  readonly root: InputValue;
  /** The number of the newest token that peers may use; the one before it stays valid. */
  readonly tokenGeneration: number;
  /** None: every other cluster is on the same network. */
  readonly eastWest: EastWestSettings | undefined;
  /** Peers on the same network that may reach the pods; empty: the mesh adds no rules. */
  readonly flatNetwork: readonly ClientRange[];
  readonly peers: readonly PeerSettings[];
  /** Sidecar mode: namespaces whose Services stay within this cluster. */
  readonly clusterLocal: readonly string[];
  /** Ambient mode: whether there are namespaces all of whose Services are one across clusters. */
  readonly globalNamespaces: boolean;
}

/** The gateway by which other networks reach this one: its pods, and the NLB before them. */
export interface EastWestSettings {
  readonly gateway: GatewaySettings;
  readonly loadBalancer: EastWestLoadBalancer;
}

export interface EastWestLoadBalancer extends IngressSettings {
  readonly strategy: NlbSettings;
}

/** Another cluster of the mesh. */
export interface PeerSettings {
  /** Its `clusterName`. */
  readonly name: string;
  readonly kubeconfig: InputValue;
}

/** What two clusters of one mesh must agree on, apart from root certificates. */
export interface MeshMembership {
  readonly meshId: string;
  readonly clusterName: string;
  readonly network: string;
  readonly trustDomain: string;
  /** Trust domains of others that it accepts. */
  readonly trustDomainAliases: readonly string[];
  /** Whether other networks can reach it. */
  readonly hasGateway: boolean;
  readonly mode: Mode;
}

/** The gateway by which ambient clusters of other networks reach one. */
export interface PeerGateway {
  /** Hostname of its load balancer. */
  readonly address: string;
  /** Namespace of its pods, which is part of their identity. */
  readonly namespace: string;
}

/** The same where its load balancer need not be there yet. */
export interface PeerGatewayPlan {
  readonly address: InputValue;
  readonly namespace: string;
}

/** The VPC in which the pods of a cluster have their addresses. */
export interface VpcPlan {
  readonly id: InputValue;
  readonly cidr: InputValue;
  readonly secondaryCidrs: ListInput;
}

/** The same once it is known. */
export interface KnownVpc {
  readonly id: string;
  /** IPv4 ranges. */
  readonly ranges: readonly string[];
}

/** The API server of a cluster, for whoever has a token. */
export interface ApiServerFacts {
  readonly endpoint: InputValue;
  /** The certificate of its authority, in base64. */
  readonly certificateAuthority: InputValue;
}

/** The kubeconfig with which a peer's istiod reads this cluster. */
export interface PeerAccessPlan {
  /** Logical name of the Secret with the token. */
  readonly token: string;
  readonly apiServer: ApiServerFacts;
  /** Root certificates in PEM format; empty: they are not known here. */
  readonly root: InputValue;
  /** None: no other cluster can be on its network by IPv4. */
  readonly vpc: VpcPlan | undefined;
  /** None: sidecars of peers learn of the gateway from the Service that carries its load balancer. */
  readonly gateway: PeerGatewayPlan | undefined;
  readonly kubeconfigOf: (known: KnownAccess) => string;
}

/** The same parts once all of them are known. */
export interface KnownAccess {
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly root: string;
  readonly token: string;
  readonly vpc?: KnownVpc | undefined;
  readonly gateway?: PeerGateway | undefined;
}

/** The Secret by which istiod knows another cluster. */
export interface RemoteSecretPlan extends Planned {
  /** The other cluster's name. */
  readonly peer: string;
  readonly secretName: string;
  readonly namespace: string;
  readonly kubeconfig: InputValue;
  /** Root certificates of this cluster in PEM format; empty: they are not known here. */
  readonly root: InputValue;
  /** None: no other cluster can be on its network by IPv4. */
  readonly vpc: VpcPlan | undefined;
  /** The kubeconfig as istiod reads it; throws where the two clusters cannot be one mesh. */
  readonly contentOf: (known: KnownPeer) => string;
}

/** The object by which an ambient cluster knows the gateway of another network. */
export interface RemoteGatewayPlan extends Planned {
  readonly objectName: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** The kubeconfig of the other cluster, which describes its gateway. */
  readonly kubeconfig: InputValue;
  readonly gatewayOf: (kubeconfig: string) => RemoteGateway;
  readonly labelsOf: (network: InputValue) => Readonly<Record<string, InputValue>>;
  readonly specOf: (address: InputValue) => Tree;
}

/** The gateway of another network. */
export interface RemoteGateway {
  readonly network: string;
  readonly address: string;
}

export interface KnownPeer {
  readonly kubeconfig: string;
  readonly root: string;
  readonly vpc?: KnownVpc | undefined;
}
