import { WebAcl } from "@pulumi/aws/wafv2/webAcl";
import type { InputValue } from "../plan/input-value";
import type { WebAclPlan } from "../plan/web-acl";
import { namePrefix, webAclName } from "./auto-names";
import type { ResourceRegistry } from "./resource-registry";

/** Makes the web ACLs; their ARNs by ingress. */
export function makeWebAcls(
  registry: ResourceRegistry,
  plans: readonly WebAclPlan[],
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(
    plans.map((plan) => {
      const name = registry.nameOf(plan.name);
      const acl = new WebAcl(name, { ...webAclArgs(plan), ...namePrefix(name, webAclName) }, registry.options(plan));
      return [plan.ingress, registry.add(plan.name, acl).arn];
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
