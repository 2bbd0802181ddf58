import type { TargetFacts, TargetGroupFacts } from "../aws-facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { isInstalled, loadBalancersOf } from "../mesh-parts";
import { textAt } from "../kubernetes-object";
import { type Situation, whenKnown } from "../situation";
import { hostnameOf } from "./load-balancers";

export const targets = {
  name: "targets",
  title: "Targets of the load balancers",
  how: "aws elbv2 describe-target-health",
  kinds: {
    none: {
      level: "problem",
      what: "Target group {group} (port {port}) has no targets.",
      suggestion:
        "Check that the gateway's pods run, and kubectl get targetgroupbindings -A: their events show why none is registered.",
    },
    unhealthy: {
      level: "problem",
      what: "None of the {count} targets of {group} (port {port}) is healthy: {reasons}.",
      suggestion:
        "Check that the gateway's pods are ready, and that the security groups let the load balancer in to port 15021 or its node port.",
    },
    "some-unhealthy": {
      level: "warning",
      what: "{healthy} of the {count} targets of {group} (port {port}) are healthy; the others: {reasons}.",
      suggestion: "Check the pods or nodes behind {ids}.",
    },
    "some-nodes": {
      level: "ok",
      what: "{healthy} of the {count} targets of {group} (port {port}) are healthy: with externalTrafficPolicy Local only nodes with a pod of the gateway are.",
    },
    healthy: { level: "ok", what: "All {count} targets of {group} (port {port}) are healthy." },
  },
} as const satisfies Subject;

const finding = findingsOf(targets);
/** Targets that are on their way out, or that nobody asks. */
const leaving = ["draining", "unused"];

/** Does each load balancer reach the gateway? */
export function checkTargets({ settings, facts }: Situation): readonly Finding[] {
  const { balancers, targetGroups } = facts.aws;
  const { addressObjects } = facts.kubernetes;
  return loadBalancersOf(settings).flatMap(({ ingress: { name }, where }) => {
    const installed = isInstalled(facts);
    if (installed.known && !installed.answer) return [];
    return whenKnown(
      { finding, where },
      { addressObjects, balancers, targetGroups },
      ({ addressObjects, balancers, targetGroups }) => {
        const object = addressObjects[name]?.object;
        const hostname = hostnameOf(object);
        // Another check reports that there is none.
        const arns = balancers.filter((one) => one.hostname === hostname).map(({ arn }) => arn);
        const groups = targetGroups.filter(({ balancerArns }) => balancerArns.some((arn) => arns.includes(arn)));
        const local = textAt(object, "spec", "externalTrafficPolicy") === "Local";
        return groups.map((group) => checkGroup(group, where, local));
      },
    );
  });
}

function checkGroup({ name: group, port, targets: all }: TargetGroupFacts, where: string, local: boolean): Finding {
  const counted = all.filter(({ state }) => !leaving.includes(state));
  const unhealthy = counted.filter(({ state }) => state !== "healthy");
  const healthy = counted.length - unhealthy.length;
  const ids = unhealthy.map(({ id }) => id).join(", ");
  const details: Details = { group, port, count: counted.length, healthy, ids, reasons: reasonsOf(unhealthy) };
  if (counted.length === 0) return finding("none", where, details);
  if (unhealthy.length === 0) return finding("healthy", where, details);
  // kube-proxy answers the health check on a node by whether a pod of the Service runs there.
  const meant = local && counted.every(({ id }) => id.startsWith("i-"));
  if (healthy > 0 && meant) return finding("some-nodes", where, details);
  return finding(healthy === 0 ? "unhealthy" : "some-unhealthy", where, details);
}

function reasonsOf(unhealthy: readonly TargetFacts[]): string {
  return [...new Set(unhealthy.map(({ state, reason }) => (reason === "" ? state : reason)))].join("; ");
}
