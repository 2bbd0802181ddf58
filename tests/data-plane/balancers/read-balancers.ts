import {
  type Action as AwsAction,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener as AwsListener,
  type LoadBalancer,
  type Rule as AwsRule,
  type TargetGroup as AwsTargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Machine } from "../../live/test-env/network";
import type { Action, Balancer, BalancerState, Listener, Rule, TargetGroup } from "./model";

/** Reads from AWS what the load balancer controller made there. */
export async function readBalancers(
  elb: ElasticLoadBalancingV2Client,
  machines: readonly Machine[],
): Promise<BalancerState> {
  const [{ LoadBalancers = [] }, { TargetGroups = [] }] = await Promise.all([
    elb.send(new DescribeLoadBalancersCommand({})),
    elb.send(new DescribeTargetGroupsCommand({})),
  ]);
  const [balancers, targetGroups] = await Promise.all([
    Promise.all(LoadBalancers.map((one) => readBalancer(elb, one))),
    Promise.all(TargetGroups.map((one) => readTargetGroup(elb, one, machines))),
  ]);
  return { balancers, targetGroups };
}

interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

function mapOf(attributes: readonly Attribute[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((attributes ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

async function readBalancer(elb: ElasticLoadBalancingV2Client, balancer: LoadBalancer): Promise<Balancer> {
  const { LoadBalancerArn = "", DNSName = "", Type, Scheme, SecurityGroups = [] } = balancer;
  const [{ Attributes }, { Listeners = [] }] = await Promise.all([
    elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
  ]);
  const kind = Type === "network" ? "network" : "application";
  return {
    arn: LoadBalancerArn,
    dnsName: DNSName,
    kind,
    internal: Scheme === "internal",
    securityGroupIds: SecurityGroups,
    attributes: mapOf(Attributes),
    listeners: await Promise.all(Listeners.map((one) => readListener(elb, one, kind))),
  };
}

async function readListener(
  elb: ElasticLoadBalancingV2Client,
  listener: AwsListener,
  kind: Balancer["kind"],
): Promise<Listener> {
  const { ListenerArn, Port = 0, Protocol = "", Certificates = [], AlpnPolicy = [], DefaultActions = [] } = listener;
  const { Rules = [] } = kind === "network" ? {} : await elb.send(new DescribeRulesCommand({ ListenerArn }));
  const byPriority = Rules.filter(({ IsDefault }) => IsDefault !== true).sort(
    (one, other) => Number(one.Priority) - Number(other.Priority),
  );
  return {
    port: Port,
    protocol: Protocol,
    certificateArns: Certificates.flatMap(({ CertificateArn }) => CertificateArn ?? []),
    alpn: alpnOf(AlpnPolicy[0] ?? "None"),
    rules: [...byPriority.map(ruleOf), { hosts: [], paths: [], action: actionOf(DefaultActions) }],
  };
}

function alpnOf(policy: string): readonly string[] {
  const policies: Readonly<Record<string, readonly string[]>> = {
    HTTP1Only: ["http/1.1"],
    HTTP2Only: ["h2"],
    HTTP2Optional: ["http/1.1", "h2"],
    HTTP2Preferred: ["h2", "http/1.1"],
  };
  return policies[policy] ?? [];
}

function ruleOf({ Conditions = [], Actions = [] }: AwsRule): Rule {
  return {
    hosts: Conditions.flatMap(({ HostHeaderConfig, Field, Values = [] }) =>
      Field === "host-header" ? (HostHeaderConfig?.Values ?? Values) : [],
    ),
    paths: Conditions.flatMap(({ PathPatternConfig, Field, Values = [] }) =>
      Field === "path-pattern" ? (PathPatternConfig?.Values ?? Values) : [],
    ),
    action: actionOf(Actions),
  };
}

function actionOf(actions: readonly AwsAction[]): Action {
  const last = actions.at(-1);
  const { RedirectConfig: redirect, FixedResponseConfig: fixed, ForwardConfig: forward, TargetGroupArn } = last ?? {};
  if (redirect !== undefined) {
    const { Protocol = "#{protocol}", Port = "#{port}", StatusCode } = redirect;
    return { redirect: { protocol: Protocol, port: Port, status: StatusCode === "HTTP_302" ? 302 : 301 } };
  }
  if (fixed !== undefined) return { fixed: { status: Number(fixed.StatusCode), body: fixed.MessageBody ?? "" } };
  const groups = forward?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
  return {
    forward: groups.map((one) => ({ targetGroupArn: one.TargetGroupArn ?? "", weight: one.Weight ?? 1 })),
  };
}

async function readTargetGroup(
  elb: ElasticLoadBalancingV2Client,
  group: AwsTargetGroup,
  machines: readonly Machine[],
): Promise<TargetGroup> {
  const { TargetGroupArn = "", Protocol = "TCP", ProtocolVersion = "HTTP1", Port = 0 } = group;
  const [{ Attributes }, { TargetHealthDescriptions = [] }] = await Promise.all([
    elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
    elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
  ]);
  return {
    arn: TargetGroupArn,
    targetType: group.TargetType ?? "instance",
    protocol: Protocol,
    protocolVersion: ProtocolVersion,
    attributes: mapOf(Attributes),
    healthCheck: {
      protocol: group.HealthCheckProtocol ?? "TCP",
      path: group.HealthCheckPath ?? "/",
      port: Number.isNaN(Number(group.HealthCheckPort)) ? undefined : Number(group.HealthCheckPort),
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 10,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
    targets: TargetHealthDescriptions.map(({ Target: { Id = "", Port: port = Port } = {} }) => ({
      id: Id,
      address: machines.find(({ instanceId }) => instanceId === Id)?.address ?? Id,
      port,
    })),
  };
}
