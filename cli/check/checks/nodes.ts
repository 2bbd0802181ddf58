import type { InputValue } from "../../../components/plan/input-value";
import type { ClusterSettings } from "../../../components/plan/settings";
import { LoadBalancerController } from "../../../components/plan/enums";
import type { Instance } from "../aws-facts";
import { findingsOf, type Finding, type Subject } from "../finding";
import { type KubernetesObject, textAt } from "../kubernetes-object";
import { loadBalancersOf } from "../mesh-parts";
import { clusterPlace, plainTexts, type Situation, whenKnown } from "../situation";

export const nodes = {
  name: "nodes",
  title: "Security groups of the nodes",
  how: "kubectl get nodes; aws ec2 describe-instances; aws ec2 describe-security-groups",
  kinds: {
    none: {
      level: "warning",
      what: "The cluster has no nodes on EC2: no pod of the mesh will run before there are some.",
      suggestion: "Add a node group, or turn EKS Auto Mode on. Fargate alone cannot carry a gateway of ambient mode.",
    },
    encrypted: {
      level: "unknown",
      what: "The ids of the nodes' security groups are encrypted in the stack file.",
      suggestion: "Check by hand that every node carries one of them.",
    },
    unreached: {
      level: "problem",
      what: "{ids}: none of their security groups is one of {groups}, on which the mesh puts its rules.",
      suggestion: "Write the groups that these nodes carry below cluster.nodeSecurityGroupIds.",
    },
    "several-tagged": {
      level: "warning",
      what: "{ids}: more than one group of an interface has the tag {tag}. The controller then registers no targets where it keeps rules itself.",
      suggestion: "Leave the tag on one group only: aws ec2 delete-tags --resources <group> --tags Key={tag}",
    },
    "none-tagged": {
      level: "warning",
      what: "{ids}: several groups on an interface, and none has the tag {tag}. The controller then registers no targets where it keeps rules itself.",
      suggestion: "aws ec2 create-tags --resources <group> --tags Key={tag},Value=owned",
    },
    reached: { level: "ok", what: "{count} nodes carry a group on which the mesh puts its rules." },
  },
} as const satisfies Subject;

const finding = findingsOf(nodes);

/** Do the nodes carry the security groups that the load balancers' rules go to? */
export function checkNodes({ settings, facts }: Situation): readonly Finding[] {
  if (loadBalancersOf(settings).length === 0) return [];
  const where = clusterPlace(settings);
  const { cluster, controller } = settings;
  const given = plainTexts(groupsOf(cluster));
  if (given === undefined) return [finding("encrypted", where)];
  const { cluster: eks, instances, clusterGroups } = facts.aws;
  const questions = { eks, instances, clusterGroups, all: facts.kubernetes.nodes };
  return whenKnown({ finding, where }, questions, ({ eks, instances, clusterGroups, all }) => {
    if (eks === undefined) return [];
    const machines = machinesOf(all, instances);
    if (machines.length === 0) return controller === LoadBalancerController.EksAutoMode ? [] : [finding("none", where)];
    const groups = given.length > 0 ? given : [eks.securityGroupId];
    return checkMachines({ machines, groups, tagged: clusterGroups }, `kubernetes.io/cluster/${eks.name}`, where);
  });
}

/** Groups that the stack file names, of those the mesh puts rules on; none: the cluster security group. */
function groupsOf({ nodeSecurityGroupIds, securityGroupId }: ClusterSettings): readonly InputValue[] {
  if (nodeSecurityGroupIds.length > 0) return nodeSecurityGroupIds;
  return securityGroupId === undefined ? [] : [securityGroupId];
}

/** The machines of the nodes, which tell them as `aws:///eu-central-1a/i-0123`. */
function machinesOf(all: readonly KubernetesObject[], instances: readonly Instance[]): readonly Instance[] {
  const ids = new Set(all.map((node) => textAt(node, "spec", "providerID").split("/").at(-1)));
  return instances.filter(({ id }) => ids.has(id));
}

interface Machines {
  readonly machines: readonly Instance[];
  /** Groups on which the mesh puts rules. */
  readonly groups: readonly string[];
  /** Groups tagged for the cluster. */
  readonly tagged: readonly string[];
}

function checkMachines({ machines, groups, tagged }: Machines, tag: string, where: string): readonly Finding[] {
  const idsOf = (some: readonly Instance[]) => some.map(({ id }) => id).join(", ");
  const unreached = machines.filter(({ interfaces }) => !interfaces.flat().some((group) => groups.includes(group)));
  const marks = (interfaceGroups: readonly string[]) =>
    interfaceGroups.filter((group) => tagged.includes(group)).length;
  const several = machines.filter(({ interfaces }) => interfaces.some((one) => marks(one) > 1));
  const none = machines.filter(({ interfaces }) => interfaces.some((one) => one.length > 1 && marks(one) === 0));
  const bad = [
    ...(unreached.length > 0
      ? [finding("unreached", where, { ids: idsOf(unreached), groups: groups.join(", ") })]
      : []),
    ...(several.length > 0 ? [finding("several-tagged", where, { ids: idsOf(several), tag })] : []),
    ...(none.length > 0 ? [finding("none-tagged", where, { ids: idsOf(none), tag })] : []),
  ];
  return bad.length > 0 ? bad : [finding("reached", where, { count: machines.length })];
}
