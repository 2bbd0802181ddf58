import { findingsOf, type Finding, type Subject } from "../finding";
import { at, type KubernetesObject, listAt, textAt } from "../kubernetes-object";
import { apiGatewaysOf, isInstalled } from "../mesh-parts";
import { type Situation, whenKnown } from "../situation";

export const gateways = {
  name: "gateways",
  title: "Gateways of the Gateway API",
  how: "kubectl get gateways.gateway.networking.k8s.io -A -o yaml",
  kinds: {
    missing: {
      level: "problem",
      what: "It is not there, so istiod has made no pods for it.",
      suggestion: "pulumi up --refresh",
    },
    "not-programmed": {
      level: "problem",
      what: "istiod does not serve it: {message}",
      suggestion: "kubectl -n {namespace} describe gateway {name}; kubectl -n {namespace} get pods",
    },
    programmed: { level: "ok", what: "Programmed." },
  },
} as const satisfies Subject;

const finding = findingsOf(gateways);

/** Does istiod serve each Gateway that the mesh has made? */
export function checkGateways({ settings, facts }: Situation): readonly Finding[] {
  const installed = isInstalled(facts);
  if (installed.known && !installed.answer) return [];
  return apiGatewaysOf(settings).flatMap(({ name, namespace }) => {
    const where = `Gateway ${name} in ${namespace}`;
    return whenKnown({ finding, where }, { all: facts.kubernetes.gateways }, ({ all }) => {
      const found = all[`${namespace}/${name}`];
      if (found === undefined) return [finding("missing", where)];
      const { isTrue, message } = programmed(found);
      return [isTrue ? finding("programmed", where) : finding("not-programmed", where, { name, namespace, message })];
    });
  });
}

function programmed(gateway: KubernetesObject) {
  const condition = listAt(gateway, "status", "conditions").find((one) => at(one, "type") === "Programmed");
  const message = textAt(condition, "message");
  return {
    isTrue: at(condition, "status") === "True",
    message: message === "" ? "no istiod has looked at it." : message,
  };
}
