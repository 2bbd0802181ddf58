import { logicalNames } from "../../../logical-names";
import type { AlbSettings, IngressSettings } from "../../../plan/ingress-settings";
import type { InputValue } from "../../../plan/input-value";
import type { WebAclPlan } from "../../../plan/web-acl";

/** Whether the mesh makes a web ACL for the ALB. */
export function hasWebAcl({ rateLimitPer5Minutes: limit }: AlbSettings): boolean {
  return limit !== undefined && limit > 0;
}

/** Plans the web ACL with the limit of requests. AWS deletes it only when the ALB is gone, or has another one. */
export function planWebAcl(
  { name }: IngressSettings,
  alb: AlbSettings,
  tags: Readonly<Record<string, InputValue>>,
): readonly WebAclPlan[] {
  if (!hasWebAcl(alb)) return [];
  return [
    {
      name: logicalNames.webAcl(name),
      after: [],
      ingress: name,
      description: `Limits the requests of a client address to the load balancer of ${name}`,
      rule: "rate-limit",
      limit: Number(alb.rateLimitPer5Minutes),
      windowSeconds: 300,
      responseCode: 429,
      tags,
    },
  ];
}
