/** What is asked of AWS, in its own words made short. */
export interface EksCluster {
  readonly name: string;
  readonly status: string;
  readonly endpoint: string;
  readonly vpcId: string;
  readonly securityGroupId: string;
  readonly autoMode: boolean;
  /** Of the addresses of pods and Services: ipv4 or ipv6; empty: EKS did not report it. */
  readonly ipFamily: string;
}

export interface Subnet {
  readonly id: string;
  readonly zone: string;
  readonly freeAddresses: number;
  readonly hasIpv6: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A machine with the security groups of each of its network interfaces. */
export interface Instance {
  readonly id: string;
  readonly interfaces: readonly (readonly string[])[];
}

export interface CertificateFacts {
  readonly arn: string;
  readonly domain: string;
  /** None: AWS did not report it. */
  readonly status: string | undefined;
  /** Other names that it is good for. */
  readonly alternatives: readonly string[];
  /** AWS lists only the first of its names. */
  readonly hasMoreNames: boolean;
  /** Until when it is good. */
  readonly until: string | undefined;
}

export interface HostedZone {
  readonly id: string;
  /** Without the last dot. */
  readonly name: string;
  readonly isPrivate: boolean;
}

export interface BalancerFacts {
  readonly arn: string;
  readonly hostname: string;
  readonly name: string;
  /** AWS's word: provisioning, active, active_impaired, failed. */
  readonly state: string;
  readonly reason: string;
}

export interface TargetGroupFacts {
  readonly balancerArns: readonly string[];
  readonly name: string;
  readonly port: number;
  readonly targets: readonly TargetFacts[];
}

export interface TargetFacts {
  readonly id: string;
  /** AWS's word: healthy, unhealthy, initial, draining, unused, unavailable. */
  readonly state: string;
  readonly reason: string;
}
