import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** A load balancer as AWS has it, in the words of its annotations. */
export interface ActualBalancer {
  readonly hostname: string;
  readonly kind: string;
  readonly scheme: string;
  readonly securityGroups: readonly string[];
  readonly crossZone: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Such as `HTTPS 443 ELBSecurityPolicy-… arn:…`. */
  readonly listeners: readonly string[];
  /** Hosts that it forwards alone; none if it forwards every one. */
  readonly hosts: readonly string[];
  readonly targetGroups: readonly ActualTargetGroup[];
}

export interface ActualTargetGroup {
  readonly type: string;
  /** Such as `HTTP 15021 /healthz/ready every 10 s, 5 s, 3 up, 3 down`. */
  readonly healthCheck: string;
  /** Such as `10.0.8.1:80`. */
  readonly targets: readonly string[];
}

export async function actualBalancers(elb: ElasticLoadBalancingV2Client): Promise<readonly ActualBalancer[]> {
  const { LoadBalancers: all = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return Promise.all(all.map(async (one) => actualBalancer(elb, one)));
}

async function actualBalancer(elb: ElasticLoadBalancingV2Client, one: LoadBalancer): Promise<ActualBalancer> {
  const arn = String(one.LoadBalancerArn);
  const [{ Listeners: listeners = [] }, attributes, tags] = await Promise.all([
    elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn })),
    elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn })),
    elb.send(new DescribeTagsCommand({ ResourceArns: [arn] })),
  ]);
  const pairs = tags.TagDescriptions?.[0]?.Tags ?? [];
  const rules = await rulesOf(elb, listeners);
  const groups = await targetGroups(elb, rules);
  const crossZone = attributes.Attributes?.find(({ Key }) => Key === "load_balancing.cross_zone.enabled");
  return {
    hostname: String(one.DNSName).toLowerCase(),
    kind: String(one.Type),
    scheme: String(one.Scheme),
    securityGroups: one.SecurityGroups ?? [],
    // moto tells it of an ALB too.
    crossZone: one.Type === "network" ? crossZone?.Value : undefined,
    tags: Object.fromEntries(pairs.map(({ Key, Value }) => [String(Key), String(Value)])),
    listeners: listeners.map(listenerText).sort(),
    hosts: hostsOf(rules),
    targetGroups: (await Promise.all(groups.map(async (group) => targetGroup(elb, group)))).sort((one, other) =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
    ),
  };
}

/** Those of an ALB; of an NLB what each listener does by default. */
async function rulesOf(elb: ElasticLoadBalancingV2Client, listeners: readonly Listener[]): Promise<readonly Rule[]> {
  const rules = listeners.map(async ({ Protocol, ListenerArn, DefaultActions: Actions = [] }): Promise<Rule[]> => {
    if (Protocol !== "HTTP" && Protocol !== "HTTPS") return [{ Actions }];
    return (await elb.send(new DescribeRulesCommand({ ListenerArn }))).Rules ?? [];
  });
  return (await Promise.all(rules)).flat();
}

/** Where rules forward to. moto, asked for a load balancer's target groups, forgets those that came by a change. */
async function targetGroups(
  elb: ElasticLoadBalancingV2Client,
  rules: readonly Rule[],
): Promise<readonly TargetGroup[]> {
  const actions = rules.flatMap(({ Actions = [] }) => Actions);
  const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    ...(TargetGroupArn === undefined ? [] : [TargetGroupArn]),
    ...(ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn: arn }) => (arn === undefined ? [] : [arn])),
  ]);
  if (arns.length === 0) return [];
  const asked = new DescribeTargetGroupsCommand({ TargetGroupArns: [...new Set(arns)] });
  return (await elb.send(asked)).TargetGroups ?? [];
}

/** The hosts that rules forward; a rule that redirects is the listener's own word. */
function hostsOf(rules: readonly Rule[]): readonly string[] {
  const hosts = rules
    .filter(({ Actions = [] }) => Actions.some(({ Type }) => Type === "forward"))
    .flatMap(({ Conditions = [] }) => Conditions)
    .filter(({ Field }) => Field === "host-header")
    .flatMap(({ HostHeaderConfig, Values }) => HostHeaderConfig?.Values ?? Values ?? []);
  return [...new Set(hosts)].sort();
}

function listenerText({ Protocol, Port, SslPolicy, Certificates = [], DefaultActions = [] }: Listener): string {
  const secure = Protocol === "TLS" || Protocol === "HTTPS";
  // moto goes on telling of the certificate of a listener that has become a plain one.
  const certificates = secure ? Certificates.map(({ CertificateArn }) => CertificateArn) : [];
  const redirect = DefaultActions.find(({ Type }) => Type === "redirect")?.RedirectConfig;
  const way = redirect === undefined ? [] : [`redirect to ${redirect.Protocol} ${redirect.Port}`];
  // moto tells a policy of plain listeners too.
  const policy = certificates.length === 0 ? [] : [SslPolicy];
  return [Protocol, Port, ...policy, ...certificates, ...way].join(" ");
}

async function targetGroup(elb: ElasticLoadBalancingV2Client, group: TargetGroup): Promise<ActualTargetGroup> {
  const request = { TargetGroupArn: group.TargetGroupArn };
  const { TargetHealthDescriptions: health = [] } = await elb.send(new DescribeTargetHealthCommand(request));
  const { HealthCheckProtocol: protocol, HealthCheckPort: port, HealthCheckPath: path } = group;
  const times = `every ${group.HealthCheckIntervalSeconds} s, ${group.HealthCheckTimeoutSeconds} s`;
  const counts = `${group.HealthyThresholdCount} up, ${group.UnhealthyThresholdCount} down`;
  return {
    type: String(group.TargetType),
    // A TCP check has no path.
    healthCheck: [protocol, port, ...(path === undefined ? [] : [path]), `${times}, ${counts}`].join(" "),
    targets: health.map(({ Target }) => `${Target?.Id}:${Target?.Port}`).sort(),
  };
}
