import { strategyFor } from "../../../components/ingress/strategies";
import { installs } from "../../../components/control-plane/control-planes";
import { LoadBalancerController, Mode, PodSecurityGroupEnforcingMode } from "../../../components/plan/enums";
import type { MeshSettings } from "../../../components/plan/settings";
import { copesWithStrict } from "../../../components/vpc-cni/resolve-vpc-cni-args";
import { findingsOf, type Finding, type Subject } from "../finding";
import { at, type KubernetesObject, listAt, ownersOf, textAt } from "../kubernetes-object";
import { loadBalancersOf } from "../mesh-parts";
import { type Situation, whenKnown } from "../situation";

export const vpcCni = {
  name: "vpc-cni",
  title: "The VPC CNI",
  how: "kubectl -n kube-system get daemonset aws-node -o yaml",
  kinds: {
    missing: {
      level: "warning",
      what: "The VPC CNI is not there. With another CNI pods have no addresses of the VPC, so that an NLB with ip targets cannot reach them.",
      suggestion: "Write nlb.targetType: instance, unless that CNI gives pods addresses of the VPC.",
    },
    "strict-probes": {
      level: "problem",
      what: "Pods with security groups of their own are on (ENABLE_POD_ENI) in mode strict: Istio {istio} in ambient mode loses their probes.",
      suggestion:
        "Set POD_SECURITY_GROUP_ENFORCING_MODE to standard (vpcCniConfiguration, or vpcCni.apply), or use Istio 1.30 or newer.",
    },
    "early-demux": {
      level: "warning",
      what: "Pods with security groups of their own are on in mode strict, without DISABLE_TCP_EARLY_DEMUX: probes of such pods fail in ambient mode.",
      suggestion: 'Set DISABLE_TCP_EARLY_DEMUX to "true" in the init container of aws-node, or the mode to standard.',
    },
    "managed-add-on": {
      level: "problem",
      what: "EKS manages this add-on and undoes what vpcCni.apply patches.",
      suggestion: "Remove vpcCni.apply, and give vpcCniConfiguration(...) to the add-on's configurationValues.",
    },
    suits: { level: "ok", what: "Its settings suit {mode} mode." },
  },
} as const satisfies Subject;

const finding = findingsOf(vpcCni);
const where = "DaemonSet aws-node in kube-system";

/** Can load balancers and probes reach the pods? */
export function checkVpcCni({ settings, facts }: Situation): readonly Finding[] {
  if (settings.controller === LoadBalancerController.EksAutoMode) return [];
  return whenKnown({ finding, where }, { agent: facts.kubernetes.vpcCni }, ({ agent }) => {
    if (agent === undefined) return needsVpcAddresses(settings) ? [finding("missing", where)] : [];
    const bad = [...checkPatch(agent, settings), ...checkProbes(agent, settings)];
    return bad.length > 0 ? bad : [finding("suits", where, { mode: settings.mode })];
  });
}

function needsVpcAddresses(settings: MeshSettings): boolean {
  return loadBalancersOf(settings).some(({ ingress }) => strategyFor(ingress).targetRoute === "pods");
}

function checkPatch(agent: KubernetesObject, settings: MeshSettings): readonly Finding[] {
  return settings.vpcCni !== undefined && ownersOf(agent).includes("eks") ? [finding("managed-add-on", where)] : [];
}

function checkProbes(agent: KubernetesObject, settings: MeshSettings): readonly Finding[] {
  const { mode, vpcCni: patch } = settings;
  const written = environment(agent, "containers", "POD_SECURITY_GROUP_ENFORCING_MODE");
  const enforcing = patch?.podSecurityGroupEnforcingMode ?? (written === "" ? "strict" : written);
  const podInterfaces = environment(agent, "containers", "ENABLE_POD_ENI") === "true";
  const strict = podInterfaces && enforcing === PodSecurityGroupEnforcingMode.Strict;
  if (mode !== Mode.Ambient || !installs(settings) || !strict) return [];
  const { version: istio } = settings.controlPlane.main;
  if (!copesWithStrict(istio)) return [finding("strict-probes", where, { istio })];
  const demux = environment(agent, "initContainers", "DISABLE_TCP_EARLY_DEMUX");
  return demux === "true" ? [] : [finding("early-demux", where)];
}

/** A variable of the environment of its first container of a kind. */
function environment(agent: KubernetesObject, kind: "containers" | "initContainers", name: string): string {
  const variables = listAt(agent, "spec", "template", "spec", kind).flatMap((container) => listAt(container, "env"));
  return textAt(
    variables.find((variable) => at(variable, "name") === name),
    "value",
  );
}
