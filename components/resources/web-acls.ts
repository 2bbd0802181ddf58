import { WebAcl } from "@pulumi/aws/wafv2/webAcl";
import type { Leaf } from "../plan/leaf";
import type { WebAclPlan } from "../plan/web-acl";
import { namePrefix, webAclName } from "./auto-names";
import type { Made } from "./made";

/** Makes the web ACLs; their ARNs by ingress. */
export function makeWebAcls(made: Made, plans: readonly WebAclPlan[]): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(
    plans.map((plan) => {
      const name = made.nameOf(plan.name);
      const acl = new WebAcl(name, { ...webAclArgs(plan), ...namePrefix(name, webAclName) }, made.options(plan));
      return [plan.ingress, made.add(plan.name, acl).arn];
    }),
  );
}

function webAclArgs({ description, rule, limit, windowSeconds, responseCode, tags }: WebAclPlan) {
  const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: rule, sampledRequestsEnabled: true };
  return {
    scope: "REGIONAL",
    description,
    defaultAction: { allow: {} },
    rules: [
      {
        name: rule,
        priority: 0,
        action: { block: { customResponse: { responseCode } } },
        statement: { rateBasedStatement: { limit, evaluationWindowSec: windowSeconds, aggregateKeyType: "IP" } },
        visibilityConfig,
      },
    ],
    visibilityConfig,
    tags: { ...tags },
  };
}
