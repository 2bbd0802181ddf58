import type { Call } from "./call";

/** The state of a target, if a load balancer has looked at it. */
export type TargetHealth = (targetGroupArn: string, id: string, port: number) => string | undefined;

/**
 * An answer to `DescribeTargetHealth` with what load balancers have found: to moto every registered target is healthy. What it
 * says of others stays: a controller asks for a target that it has deregistered until it is no longer registered.
 */
export function withHealth({ form }: Call, body: string, healthOf: TargetHealth): string {
  const arn = form.get("TargetGroupArn") ?? "";
  return body.replace(/<member>(?:(?!<member>)[\s\S])*?<\/member>/g, (member) => {
    const id = /<Id>([^<]+)</.exec(member)?.[1];
    const port = /<Port>(\d+)</.exec(member)?.[1];
    if (id === undefined || !member.includes("<State>healthy</State>")) return member;
    const state = healthOf(arn, id, Number(port)) ?? "initial";
    return member.replace(/<State>[^<]+</, `<State>${state}<`);
  });
}
