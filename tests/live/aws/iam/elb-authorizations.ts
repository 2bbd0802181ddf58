import { listOf, textOf } from "../rules/rule";
import {
  type Asked,
  type Authorization,
  type TagsOf,
  accountId,
  requestTags,
  resourceTags,
  tagMap,
} from "./authorization";

/** What a call creates: the ARN of what does not exist yet ends with a star. */
const created: Readonly<Record<string, (asked: Asked) => string>> = {
  CreateLoadBalancer: (asked) => {
    const kind = textOf(asked.parameters, "Type") === "network" ? "net" : "app";
    return arn(asked, `loadbalancer/${kind}/${String(textOf(asked.parameters, "Name"))}/*`);
  },
  CreateTargetGroup: (asked) => arn(asked, `targetgroup/${String(textOf(asked.parameters, "Name"))}/*`),
  CreateListener: ({ parameters }) =>
    `${String(textOf(parameters, "LoadBalancerArn")).replace(":loadbalancer/", ":listener/")}/*`,
  CreateRule: ({ parameters }) =>
    `${String(textOf(parameters, "ListenerArn")).replace(":listener/", ":listener-rule/")}/*`,
};

/** Parameters that name what a call changes, the narrowest first. */
const subjects = ["RuleArn", "ListenerArn", "TargetGroupArn", "LoadBalancerArn"];

/** What Elastic Load Balancing asks IAM. */
export async function elbAuthorizations(asked: Asked, tagsOf: TagsOf): Promise<readonly Authorization[]> {
  const { operation, parameters } = asked;
  const action = `elasticloadbalancing:${operation}`;
  if (operation.startsWith("Describe")) return [{ action, resource: "*", keys: {} }];
  const given = requestTags(tagMap(parameters["Tags"]));
  const arns = listOf(parameters, "ResourceArns");
  if (arns.length > 0) {
    const removed = listOf(parameters, "TagKeys");
    const keys = removed.length > 0 ? { "aws:TagKeys": removed } : given;
    return Promise.all(
      arns.map(async (resource) => ({ action, resource, keys: { ...keys, ...resourceTags(await tagsOf(resource)) } })),
    );
  }
  const subject = subjects.map((name) => textOf(parameters, name)).find((one) => one !== undefined);
  const fresh = created[operation]?.(asked);
  const resource = subject ?? fresh ?? "*";
  const existing = subject === undefined ? {} : resourceTags(await tagsOf(subject));
  const itself = { action, resource, keys: { ...given, ...existing } };
  if (fresh === undefined || Object.keys(given).length === 0) return [itself];
  const keys = { ...given, "elasticloadbalancing:CreateAction": operation };
  return [itself, { action: "elasticloadbalancing:AddTags", resource: fresh, keys }];
}

function arn({ region }: Asked, rest: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${accountId}:${rest}`;
}
