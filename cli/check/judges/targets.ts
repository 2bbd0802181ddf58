import type { TargetFacts, TargetGroupFacts } from "../aws-facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { isInstalled } from "../mesh-parts";
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
      remedy:
        "Check that the gateway's pods run, and kubectl get targetgroupbindings -A: their events tell why none is registered.",
    },
    ill: {
      level: "problem",
      what: "None of the {count} targets of {group} (port {port}) is healthy: {reasons}.",
      remedy:
        "Check that the gateway's pods are ready, and that the security groups let the load balancer in to port 15021 or its node port.",
    },
    "some-ill": {
      level: "warning",
      what: "{healthy} of the {count} targets of {group} (port {port}) are healthy; the others: {reasons}.",
      remedy: "Check the pods or nodes behind {ids}.",
    },
    healthy: { level: "ok", what: "All {count} targets of {group} (port {port}) are healthy." },
  },
} as const satisfies Subject;

const finding = findingsOf(targets);
/** Targets that are on their way out, or that nobody asks. */
const leaving = ["draining", "unused"];

/** Does each load balancer reach the gateway? */
export function judgeTargets({ settings, facts }: Situation): readonly Finding[] {
  const { balancers, targetGroups } = facts.aws;
  const { doors } = facts.kubernetes;
  return settings.ingresses.flatMap(({ name }) => {
    const where = `ingress ${name}`;
    const installed = isInstalled(facts);
    if (installed.known && !installed.answer) return [];
    return whenKnown({ finding, where }, { doors, balancers, targetGroups }, ({ doors, balancers, targetGroups }) => {
      const hostname = hostnameOf(doors[name]?.object);
      // That there is none is told by another check.
      const arns = balancers.filter((one) => one.hostname === hostname).map(({ arn }) => arn);
      const groups = targetGroups.filter(({ balancerArns }) => balancerArns.some((arn) => arns.includes(arn)));
      return groups.map((group) => judgeGroup(group, where));
    });
  });
}

function judgeGroup({ name: group, port, targets: all }: TargetGroupFacts, where: string): Finding {
  const counted = all.filter(({ state }) => !leaving.includes(state));
  const ill = counted.filter(({ state }) => state !== "healthy");
  const healthy = counted.length - ill.length;
  const ids = ill.map(({ id }) => id).join(", ");
  const details: Details = { group, port, count: counted.length, healthy, ids, reasons: reasonsOf(ill) };
  if (counted.length === 0) return finding("none", where, details);
  if (ill.length === 0) return finding("healthy", where, details);
  return finding(healthy === 0 ? "ill" : "some-ill", where, details);
}

function reasonsOf(ill: readonly TargetFacts[]): string {
  return [...new Set(ill.map(({ state, reason }) => (reason === "" ? state : reason)))].join("; ");
}
