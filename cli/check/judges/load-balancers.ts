import type { BalancerFacts } from "../aws-facts";
import type { DoorFacts } from "../facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { type KubernetesObject, textAt } from "../kubernetes-object";
import { isInstalled } from "../mesh-parts";
import { type Situation, whenKnown } from "../situation";

export const loadBalancers = {
  name: "load-balancers",
  title: "Load balancers",
  how: "kubectl get service,ingress -o yaml; kubectl get events; aws elbv2 describe-load-balancers",
  kinds: {
    "object-missing": {
      level: "problem",
      what: "It is not there, and so there is no load balancer.",
      remedy: "pulumi up --refresh",
    },
    leaving: {
      level: "problem",
      what: "It is being deleted since {since}, held by {finalizers}. {complaint}",
      remedy: "Make sure that the load balancer controller runs: only it can let go. Then pulumi up --refresh",
    },
    "no-address": {
      level: "problem",
      what: "The controller has made no load balancer for it. {complaint}",
      remedy: "kubectl -n {namespace} describe {kind} {name}; the controller's log tells more.",
    },
    gone: {
      level: "problem",
      what: "{hostname} stands in its status, and AWS has no such load balancer.",
      remedy:
        "kubectl -n kube-system rollout restart deployment aws-load-balancer-controller: at its start it makes it anew. Then pulumi up --refresh, for the DNS records.",
    },
    broken: {
      level: "problem",
      what: "AWS says {state} of {hostname}: {reason}",
      remedy: "aws elbv2 describe-load-balancers --names {balancer}; mend what it names.",
    },
    starting: {
      level: "warning",
      what: "AWS is still building {hostname}.",
      remedy: "Wait some minutes, then check again.",
    },
    active: { level: "ok", what: "{hostname} is active." },
  },
} as const satisfies Subject;

const finding = findingsOf(loadBalancers);

/** Has each ingress the load balancer that it was promised? */
export function judgeLoadBalancers({ settings, facts }: Situation): readonly Finding[] {
  const { doors } = facts.kubernetes;
  return settings.ingresses.flatMap(({ name, strategy }) => {
    const kind = strategy.kind === "alb" ? "Ingress" : "Service";
    const where = `${kind} ${name}`;
    const installed = isInstalled(facts);
    if (installed.known && !installed.answer) return [];
    return whenKnown({ finding, where }, { doors, balancers: facts.aws.balancers }, ({ doors, balancers }) => {
      const door = doors[name];
      if (door?.object === undefined) return [finding("object-missing", where)];
      return [judgeDoor({ ...door, object: door.object }, balancers, { where, kind })];
    });
  });
}

/** The name of a load balancer, which the controller writes into the object's status. */
export function hostnameOf(object: KubernetesObject | undefined): string {
  return textAt(object, "status", "loadBalancer", "ingress", 0, "hostname").toLowerCase();
}

interface Place {
  readonly where: string;
  readonly kind: string;
}

function judgeDoor(
  { object, complaint }: DoorFacts & { readonly object: KubernetesObject },
  balancers: readonly BalancerFacts[],
  { where, kind }: Place,
): Finding {
  const { name, namespace = "", deletionTimestamp: since, finalizers = [] } = object.metadata;
  const hostname = hostnameOf(object);
  const said = complaint === undefined ? "Nothing complains." : `It was told: ${complaint}`;
  const details: Details = { name, namespace, hostname, kind: kind.toLowerCase(), complaint: said };
  if (since !== undefined) return finding("leaving", where, { ...details, since, finalizers: finalizers.join(", ") });
  if (hostname === "") return finding("no-address", where, details);
  const balancer = balancers.find((one) => one.hostname === hostname);
  if (balancer === undefined) return finding("gone", where, details);
  const { state, reason } = balancer;
  const told = { ...details, state, reason, balancer: balancer.name };
  if (state === "active") return finding("active", where, told);
  return finding(state === "provisioning" ? "starting" : "broken", where, told);
}
