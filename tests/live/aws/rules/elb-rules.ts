import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsFault } from "../answer";
import type { Members } from "../model/request";
import { serviceModel } from "../model/service-model";
import { attributeKeys, type BalancerKind } from "./attribute-keys";
import { listenerRefusal } from "./elb-listeners";
import { nameRefusal } from "./elb-names";
import { type Ruled, type Rules, listOf, refuse, textOf } from "./rule";
import { type Tag, tagRefusal } from "./tags";

const tagCodes = { tooMany: "TooManyTags", duplicate: "DuplicateTagKeys", invalid: "ValidationError" } as const;

export const elbRules: Rules = {
  CreateLoadBalancer: [balancerName, tags, zones, sameName],
  CreateTargetGroup: [
    ({ parameters }) => nameRefusal("target group", textOf(parameters, "Name") ?? ""),
    tags,
    healthCheck,
    grpc,
  ],
  ModifyTargetGroup: [healthCheck],
  AddTags: [tags],
  CreateListener: [tags, listenerRefusal],
  ModifyListener: [listenerRefusal],
  CreateRule: [tags],
  SetSecurityGroups: [deferredSecurityGroups],
  SetSubnets: [zones],
  ModifyLoadBalancerAttributes: [balancerAttributes],
  ModifyTargetGroupAttributes: [targetGroupAttributes],
};

function balancerName({ parameters }: Ruled): AwsFault | undefined {
  return nameRefusal("load balancer", textOf(parameters, "Name") ?? "");
}

function tags({ parameters }: Ruled): AwsFault | undefined {
  return tagRefusal(listOf<Tag>(parameters, "Tags"), tagCodes);
}

/** A load balancer has one subnet in each zone; an Application Load Balancer has two zones at least. */
async function zones({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const mapped = listOf<Members>(parameters, "SubnetMappings").flatMap((one) => textOf(one, "SubnetId") ?? []);
  const SubnetIds = [...listOf(parameters, "Subnets"), ...mapped];
  if (SubnetIds.length === 0) return undefined;
  const { Subnets: all = [] } = await moto.ec2.send(new DescribeSubnetsCommand({}));
  const unknown = SubnetIds.find((id) => !all.some(({ SubnetId }) => SubnetId === id));
  if (unknown !== undefined) return refuse("SubnetNotFound", `The subnet ID '${unknown}' does not exist`);
  const zonesOf = all.flatMap(({ SubnetId, AvailabilityZone }) =>
    SubnetIds.includes(String(SubnetId)) ? [AvailabilityZone] : [],
  );
  if (new Set(zonesOf).size < zonesOf.length) {
    const message = "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
    return refuse("InvalidConfigurationRequest", message);
  }
  const isApplication = textOf(parameters, "Type") === "application" || textOf(parameters, "Type") === undefined;
  const isNew = textOf(parameters, "LoadBalancerArn") === undefined;
  return isNew && isApplication && zonesOf.length < 2
    ? refuse("ValidationError", "At least two subnets in two different Availability Zones must be specified")
    : undefined;
}

/** Scheme and type of a load balancer cannot be changed, and its name is taken as long as it is there. */
async function sameName({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const name = textOf(parameters, "Name");
  const { LoadBalancers: all = [] } = await moto.elb.send(new DescribeLoadBalancersCommand({}));
  return all.some(({ LoadBalancerName }) => LoadBalancerName === name)
    ? refuse(
        "DuplicateLoadBalancerName",
        `A load balancer with the same name '${String(name)}' exists, but with different settings`,
      )
    : undefined;
}

function healthCheck({ parameters }: Ruled): AwsFault | undefined {
  const { HealthCheckIntervalSeconds: interval, HealthCheckTimeoutSeconds: timeout } = parameters;
  if (typeof interval !== "number" || typeof timeout !== "number" || timeout <= interval) return undefined;
  return refuse(
    "ValidationError",
    `Health check timeout '${timeout}' must be smaller than or equal to the interval '${interval}'`,
  );
}

function grpc({ parameters }: Ruled): AwsFault | undefined {
  const version = textOf(parameters, "ProtocolVersion");
  const protocol = textOf(parameters, "Protocol");
  return version !== undefined && protocol !== "HTTP" && protocol !== "HTTPS"
    ? refuse(
        "ValidationError",
        `Protocol version '${version}' is not supported for target groups with protocol '${String(protocol)}'`,
      )
    : undefined;
}

/** A Network Load Balancer that was created without security groups cannot get any later. */
async function deferredSecurityGroups({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const arn = textOf(parameters, "LoadBalancerArn") ?? "";
  const balancer = await balancerOf(arn, moto);
  const { Type, SecurityGroups: groups = [] } = balancer ?? {};
  return Type === "network" && groups.length === 0
    ? refuse(
        "InvalidConfigurationRequest",
        "Security groups cannot be set on a load balancer that was created without any",
      )
    : undefined;
}

async function balancerOf(arn: string, { elb }: Ruled["moto"]) {
  const { LoadBalancers: all = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return all.find(({ LoadBalancerArn }) => LoadBalancerArn === arn);
}

async function balancerAttributes({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const balancer = await balancerOf(textOf(parameters, "LoadBalancerArn") ?? "", moto);
  const kind = balancer?.Type === "network" ? "network" : "application";
  return attributesRefusal(parameters, { shape: "LoadBalancerAttribute", kind, what: "Load balancer" });
}

async function targetGroupAttributes({ parameters, moto }: Ruled): Promise<AwsFault | undefined> {
  const arn = textOf(parameters, "TargetGroupArn");
  const { TargetGroups: groups = [] } = await moto.elb.send(new DescribeTargetGroupsCommand({}));
  const protocol = groups.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Protocol ?? "";
  const kind = protocol.startsWith("HTTP") ? "application" : "network";
  return attributesRefusal(parameters, { shape: "TargetGroupAttribute", kind, what: "Target group" });
}

/** Ranges of the attributes that are numbers, from their documentation. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  "deregistration_delay.timeout_seconds": [0, 3600],
  "idle_timeout.timeout_seconds": [1, 4000],
  "client_keep_alive.seconds": [60, 604_800],
};

function attributesRefusal(
  parameters: Members,
  { shape, kind, what }: { readonly shape: string; readonly kind: BalancerKind; readonly what: string },
): AwsFault | undefined {
  const model = serviceModel("elasticloadbalancing");
  const keys = model === undefined ? [] : attributeKeys(model, shape, kind);
  for (const { Key = "", Value = "" } of listOf<Tag>(parameters, "Attributes")) {
    if (!keys.includes(Key)) return refuse("ValidationError", `${what} attribute key '${Key}' is not recognized`);
    const [least, greatest] = ranges[Key] ?? [];
    const isNumber = /^\d+$/.test(Value);
    const fits = least === undefined || (isNumber && Number(Value) >= least && Number(Value) <= Number(greatest));
    const isSwitch = Key.endsWith(".enabled") && Value !== "true" && Value !== "false";
    if (!fits || isSwitch) {
      return refuse("ValidationError", `${what} attribute '${Key}' cannot have the value '${Value}'`);
    }
  }
  return undefined;
}
