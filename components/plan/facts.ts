import type { InputValue, ListInput, NumberInput } from "./input-value";
import type { ApiServerFacts } from "./multi-cluster";
import type { AwsIdentity } from "./settings";

/** What is known of the cluster and its network before anything is planned. All of it is deferred: input values. */
export interface ClusterFacts {
  readonly name: InputValue;
  /** The ARN: one cluster has one identifier, however it is named and whoever provides its kubeconfig. */
  readonly identifier: () => InputValue;
  readonly region: () => InputValue;
  /** Host of AWS STS in this region. */
  readonly stsHost: () => InputValue;
  readonly vpcId: () => InputValue;
  /** The VPC's primary IPv4 range. */
  readonly vpcCidr: () => InputValue;
  /** Its other IPv4 ranges: pods have addresses of 100.64.0.0/16, for example, with custom networking of the VPC CNI. */
  readonly vpcSecondaryCidrs: () => ListInput;
  /** Its first IPv6 range. */
  readonly vpcIpv6Cidr: () => InputValue;
  /** Its other IPv6 ranges. */
  readonly vpcSecondaryIpv6Cidrs: () => ListInput;
  /** The cluster security group: what the control plane's network interfaces carry. */
  readonly securityGroupId: () => InputValue;
  /** The security groups that the nodes carry. */
  readonly nodeGroups: () => readonly NodeGroupFacts[];
  /** The identity with which the `aws` command is called. */
  readonly aws: () => AwsIdentity;
  /** Secret. */
  readonly kubeconfig: () => InputValue;
  readonly apiServer: () => ApiServerFacts;
}

export interface NodeGroupFacts {
  readonly securityGroupId: InputValue;
  /** The id in the names of rules, where the user wrote it. None: the place in the list stands for it. */
  readonly id?: string;
  /** The control plane reaches these nodes on every port that a webhook may have, so that no rule is needed for it. */
  readonly reachedByControlPlane: boolean;
}

/** What is known for one ingress by the time its load balancer is planned. */
export interface IngressFacts {
  readonly clusterName: InputValue;
  readonly securityGroupId: InputValue;
  readonly certificateArn: InputValue | undefined;
  /** The web ACL of the mesh's own. */
  readonly webAclArn: InputValue | undefined;
}

/** The node ports that Kubernetes picked for a Service, by port name. */
export type NodePorts = Readonly<Record<string, NumberInput>>;

/** The node ports that are wanted of one Service. */
export interface NodePortQuestion {
  /** Logical name of the Service. */
  readonly service: string;
  /** Names of its ports. */
  readonly ports: readonly string[];
}

/** A hosted zone to look up by name. */
export interface ZoneQuestion {
  readonly name: string;
  readonly privateZone: boolean;
  /** Logical name of the provider that asks; none: the default one. */
  readonly provider?: string;
}

/** What to look up before planning. */
export interface LookupPlan {
  readonly vpc: boolean;
  /** Route 53 zones by the name of the ingress that needs one. */
  readonly zones: Readonly<Record<string, ZoneQuestion>>;
  /** The same of zones that only validate certificates. */
  readonly validationZones: Readonly<Record<string, ZoneQuestion>>;
  /** ACM certificates by the name of the ingress that needs one. */
  readonly certificates: Readonly<Record<string, string>>;
  /** Load balancer types whose hosted zone the alias records need. */
  readonly loadBalancerTypes: readonly LoadBalancerType[];
}

/** AWS's names for the types. */
export type LoadBalancerType = "network" | "application";
