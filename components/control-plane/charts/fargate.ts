import { valueAt } from "../../inputs/path";
import type { Tree } from "../../plan/input-value";
import { isTree, mergeLayers } from "./values/chart-values";

/**
 * EC2 nodes only. Fargate runs no DaemonSets, and the charts' agents tolerate every taint: a pod of theirs would wait for
 * a Fargate node forever, and Helm for the pod.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate.html#fargate-considerations
 */
const notOnFargate: Tree = { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] };

/** The user's affinity, and beside everything that it requires of nodes that they are none of Fargate. */
export function offFargate(affinity: unknown): Tree {
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const terms = valueAt(affinity, ["nodeAffinity", required, "nodeSelectorTerms"]);
  const nodeSelectorTerms = Array.isArray(terms) && terms.length > 0 ? terms.map(withCondition) : [withCondition({})];
  const nodeAffinity = { [required]: { nodeSelectorTerms } };
  return isTree(affinity) ? mergeLayers(affinity, { nodeAffinity }) : { nodeAffinity };
}

/** Terms are alternatives, so that each needs the condition. */
function withCondition(term: unknown): unknown {
  if (!isTree(term)) return term;
  const { matchExpressions } = term;
  const theirs: readonly unknown[] = Array.isArray(matchExpressions) ? matchExpressions : [];
  return { ...term, matchExpressions: [...theirs, notOnFargate] };
}
