/** A load balancer, as AWS describes it and as far as it decides what becomes of a connection. */
export interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly kind: "network" | "application";
  readonly internal: boolean;
  readonly securityGroupIds: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly listeners: readonly Listener[];
}

export interface Listener {
  readonly port: number;
  readonly protocol: string;
  /** The default one first. */
  readonly certificateArns: readonly string[];
  readonly alpn: readonly string[];
  /** In order of their priority; the default rule, which has no conditions, comes last. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly action: Action;
}

/** What is done with a request. Only one of these is there. */
export interface Action {
  readonly forward?: readonly { readonly targetGroupArn: string; readonly weight: number }[];
  readonly redirect?: { readonly protocol: string; readonly port: string; readonly status: number };
  readonly fixed?: { readonly status: number; readonly body: string };
}

export interface TargetGroup {
  readonly arn: string;
  readonly targetType: string;
  readonly protocol: string;
  readonly protocolVersion: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly healthCheck: HealthCheck;
  readonly targets: readonly Target[];
}

export interface HealthCheck {
  readonly protocol: string;
  readonly path: string;
  /** Undefined: the port of each target. */
  readonly port: number | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export interface Target {
  readonly id: string;
  readonly address: string;
  readonly port: number;
}

export interface BalancerState {
  readonly balancers: readonly Balancer[];
  readonly targetGroups: readonly TargetGroup[];
}
