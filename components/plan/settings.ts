import type { Cluster } from "@pulumi/eks";
import type { AddonsSettings } from "./addon-settings";
import type { GatewaySettings } from "./gateway-settings";
import type { IngressSettings } from "./ingress-settings";
import type { InputValue, Tree } from "./input-value";
import type { MultiClusterSettings } from "./multi-cluster";
import type { SecuritySettings } from "./security-settings";
import type { TelemetrySettings } from "./telemetry-settings";
import type { TrafficSettings } from "./traffic-settings";
import type {
  ChartName,
  Dataplane,
  EgressPolicy,
  IpFamily,
  LoadBalancerController,
  Mode,
  PodSecurityGroupEnforcingMode,
  Profile,
} from "./enums";

/** The checked arguments of one mesh, every default filled in. */
export interface MeshSettings {
  readonly mode: Mode;
  readonly cluster: ClusterSettings;
  readonly controller: LoadBalancerController;
  readonly controlPlane: ControlPlaneSettings;
  readonly crds: CrdSettings | undefined;
  readonly gateways: readonly GatewaySettings[];
  readonly ingresses: readonly IngressSettings[];
  readonly namespaces: readonly NamespaceSettings[];
  readonly meshNamespaces: readonly MeshNamespaceSettings[];
  readonly security: SecuritySettings;
  readonly waypoints: readonly WaypointSettings[];
  readonly traffic: TrafficSettings;
  readonly telemetry: TelemetrySettings;
  readonly addons: AddonsSettings;
  readonly egress: EgressSettings;
  readonly vpcCni: VpcCniSettings | undefined;
  /** None: the mesh is of this cluster only. */
  readonly multiCluster: MultiClusterSettings | undefined;
  readonly cleanup: CleanupSettings | undefined;
  readonly tags: Readonly<Record<string, InputValue>>;
  /** Of the IAM roles that the mesh creates. */
  readonly permissionsBoundaryArn: InputValue | undefined;
}

/** The cluster, and what the user sets so that it need not be looked up. */
export interface ClusterSettings {
  readonly source: NamedCluster | PulumiEksCluster;
  readonly kubeconfig: InputValue | undefined;
  /** The AWS identity with which Kubernetes is asked; none: that of Pulumi's AWS provider. */
  readonly roleArn: InputValue | undefined;
  readonly profile: string | undefined;
  readonly securityGroupId: InputValue | undefined;
  /** Groups of nodes that do not carry the cluster security group; empty: all of them carry it. */
  readonly nodeSecurityGroupIds: readonly InputValue[];
  /** Whether to add the node group that `@pulumi/eks` makes to the groups of the nodes. */
  readonly addPulumiNodeGroup: boolean;
  readonly vpcId: InputValue | undefined;
  readonly ipFamily: IpFamily;
  readonly subnetIds: readonly InputValue[];
}

/** The identity with which the `aws` command is called. An empty text: the command's own default. */
export interface AwsIdentity {
  readonly profile: InputValue;
  /** The role that is assumed with the profile's credentials. */
  readonly roleArn: InputValue;
}

export interface NamedCluster {
  readonly kind: "named";
  readonly name: InputValue;
}

export interface PulumiEksCluster {
  readonly kind: "pulumi-eks";
  readonly cluster: Cluster;
}

/** One istiod: the main one, or the canary beside it. */
export interface RevisionSettings {
  readonly version: string;
  /** Empty: unrevisioned, called `default` by Istio. */
  readonly revision: string;
  readonly tags: readonly string[];
}

export interface ControlPlaneSettings {
  readonly profile: Profile;
  readonly main: RevisionSettings;
  readonly canary: RevisionSettings | undefined;
  readonly namespace: string;
  /** The settings of the namespace; undefined: none. */
  readonly createNamespace: boolean | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly repository: string;
  readonly hub: string;
  readonly meshConfig: Tree;
  readonly values: Readonly<Record<ChartName, Tree>>;
  /** Use the CNI chart in place of init containers (sidecar mode). */
  readonly sidecarCni: boolean;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly resources: Tree | undefined;
  readonly priorityClassName: string;
  readonly nodeSelector: Tree;
  readonly tolerations: readonly unknown[];
}

/** The Gateway API bundle to install. */
export interface CrdSettings {
  /** URL or path of the manifest. */
  readonly manifest: string;
}

export interface NamespaceSettings {
  readonly name: string;
  readonly create: boolean;
  readonly dataplane: Dataplane;
  readonly revision: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the waypoint through which its Services are reached, if there is one. */
  readonly waypoint: string | undefined;
}

/** A namespace of parts of the mesh: of istiod, gateways, egress. */
export interface MeshNamespaceSettings {
  readonly name: string;
  /** False: someone else owns it, and only its labels are set. */
  readonly create: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** A proxy in ambient mode that understands HTTP, for the Services of one namespace. */
export interface WaypointSettings {
  readonly name: string;
  readonly namespace: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Traffic out of the mesh. */
export interface EgressSettings {
  /** Undefined: not set, and Istio allows any. */
  readonly policy: EgressPolicy | undefined;
  readonly hosts: readonly string[];
  /** The pods through which traffic to the hosts is led, if it is. */
  readonly gateway: EgressGatewaySettings | undefined;
  /** The namespace of all that belongs to egress, if there is anything. */
  readonly namespace: string | undefined;
  /** What keeps AWS credentials reachable; none: nothing is made for it. */
  readonly awsCredentials: AwsCredentialsSettings | undefined;
}

export interface AwsCredentialsSettings {
  /** Whether the regional host of AWS STS needs an entry of its own; not where `hosts` is known to name it. */
  readonly sts: boolean;
}

export type EgressGatewaySettings =
  | { readonly kind: "gateway"; readonly gateway: GatewaySettings }
  | { readonly kind: "waypoint"; readonly waypoint: WaypointSettings };

/** What to set in the DaemonSet of the VPC CNI. */
export interface VpcCniSettings {
  readonly podSecurityGroupEnforcingMode: PodSecurityGroupEnforcingMode;
}

export interface CleanupSettings {
  readonly timeoutSeconds: number;
  readonly waitForNetworkInterfaces: boolean;
  readonly ignoreUnreachableCluster: boolean;
  readonly kubectl: string;
}
