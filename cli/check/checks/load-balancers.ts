import { strategyFor } from "../../../components/ingress/strategies";
import type { BalancerFacts } from "../aws-facts";
import type { AddressObject } from "../facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { type KubernetesObject, textAt } from "../kubernetes-object";
import { isInstalled, loadBalancersOf } from "../mesh-parts";
import { type Situation, whenKnown } from "../situation";

export const loadBalancers = {
  name: "load-balancers",
  title: "Load balancers",
  how: "kubectl get service,ingress -o yaml; kubectl get events; aws elbv2 describe-load-balancers",
  kinds: {
    "object-missing": {
      level: "problem",
      what: "It is not there, and so there is no load balancer.",
      suggestion: "pulumi up --refresh",
    },
    leaving: {
      level: "problem",
      what: "It is being deleted since {since}, held by {finalizers}. {complaint}",
      suggestion: "Make sure that the load balancer controller runs: only it can let go. Then pulumi up --refresh",
    },
    "no-address": {
      level: "problem",
      what: "The controller has made no load balancer for it. {complaint}",
      suggestion: "kubectl -n {namespace} describe {kind} {name}; the controller's log has the details.",
    },
    gone: {
      level: "problem",
      what: "{hostname} stands in its status, and AWS has no such load balancer.",
      suggestion:
        "kubectl -n kube-system rollout restart deployment aws-load-balancer-controller: at its start it makes it anew. Then pulumi up --refresh, for the DNS records.",
    },
    broken: {
      level: "problem",
      what: "AWS reports {state} for {hostname}: {reason}",
      suggestion: "aws elbv2 describe-load-balancers --names {balancer}; fix what it names.",
    },
    starting: {
      level: "warning",
      what: "AWS is still building {hostname}.",
      suggestion: "Wait some minutes, then check again.",
    },
    active: { level: "ok", what: "{hostname} is active." },
  },
} as const satisfies Subject;

const finding = findingsOf(loadBalancers);

/** Has each ingress the load balancer that the mesh declares for it? */
export function checkLoadBalancers({ settings, facts }: Situation): readonly Finding[] {
  const { addressObjects } = facts.kubernetes;
  return loadBalancersOf(settings).flatMap(({ ingress }) => {
    const { kind, name } = strategyFor(ingress).address;
    const where = `${kind} ${name}`;
    const installed = isInstalled(facts);
    if (installed.known && !installed.answer) return [];
    return whenKnown(
      { finding, where },
      { addressObjects, balancers: facts.aws.balancers },
      ({ addressObjects, balancers }) => {
        const addressObject = addressObjects[ingress.name];
        if (addressObject?.object === undefined) return [finding("object-missing", where)];
        return [checkLoadBalancer({ ...addressObject, object: addressObject.object }, balancers, { where, kind })];
      },
    );
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

function checkLoadBalancer(
  { object, complaint }: AddressObject & { readonly object: KubernetesObject },
  balancers: readonly BalancerFacts[],
  { where, kind }: Place,
): Finding {
  const { name, namespace = "", deletionTimestamp: since, finalizers = [] } = object.metadata;
  const hostname = hostnameOf(object);
  const complaintText = complaint === undefined ? "Nothing complains." : `Its events report: ${complaint}`;
  const details: Details = { name, namespace, hostname, kind: kind.toLowerCase(), complaint: complaintText };
  if (since !== undefined) return finding("leaving", where, { ...details, since, finalizers: finalizers.join(", ") });
  if (hostname === "") return finding("no-address", where, details);
  const balancer = balancers.find((one) => one.hostname === hostname);
  if (balancer === undefined) return finding("gone", where, details);
  const { state, reason } = balancer;
  const described = { ...details, state, reason, balancer: balancer.name };
  if (state === "active") return finding("active", where, described);
  return finding(state === "provisioning" ? "starting" : "broken", where, described);
}
