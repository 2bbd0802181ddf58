import { strategyFor } from "../../../components/ingress/strategies";
import { LoadBalancerController } from "../../../components/plan/enums";
import { findingsOf, type Finding, type Subject } from "../finding";
import { textAt } from "../kubernetes-object";
import { type Situation, whenKnown } from "../situation";

export const ingressClass = {
  name: "ingress-class",
  title: "The IngressClass of ALBs",
  how: "kubectl get ingressclass alb -o yaml",
  kinds: {
    missing: {
      level: "problem",
      what: "It is not there, so no controller will take the Ingress.",
      suggestion: "Set createIngressClassResource: true in the chart of the AWS Load Balancer Controller.",
    },
    "other-controller": {
      level: "problem",
      what: "It leads to the controller {given}, and ALBs are made by {controller}.",
      suggestion: "Rename that class, and let the AWS Load Balancer Controller make its own.",
    },
    right: { level: "ok", what: "It leads to {controller}." },
  },
} as const satisfies Subject;

const finding = findingsOf(ingressClass);
/** Will the controller take the mesh's Ingresses? With EKS Auto Mode the mesh brings the class itself. */
export function checkIngressClass({ settings, facts }: Situation): readonly Finding[] {
  if (settings.controller === LoadBalancerController.EksAutoMode) return [];
  const required = settings.ingresses.flatMap((ingress) => {
    const { ingressClass } = strategyFor(ingress).module;
    return ingressClass === undefined ? [] : [[ingressClass.name, ingressClass] as const];
  });
  return [...new Map(required).values()].flatMap(({ name, controller }) => {
    const where = `IngressClass ${name}`;
    return whenKnown({ finding, where }, { all: facts.kubernetes.ingressClasses }, ({ all }) => {
      const found = all.find(({ metadata }) => metadata.name === name);
      if (found === undefined) return [finding("missing", where)];
      const given = textAt(found, "spec", "controller");
      return [finding(given === controller ? "right" : "other-controller", where, { given, controller })];
    });
  });
}
