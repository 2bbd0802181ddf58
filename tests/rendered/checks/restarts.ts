import { type Finding, findingIf } from "../finding";
import { type KubernetesObject, nameOf, templateOf, titleOf } from "../mesh/kubernetes-object";

/**
 * Finds gateways whose pods would not restart between two states of a mesh.
 *
 * A proxy's image is filled in when its pod is made. After a change of version or revision, a Deployment that looks the
 * same as before would keep the old proxy.
 */
export function findUnrestarted(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly Finding[] {
  return after.flatMap((workload) => {
    const earlier = before.find((one) => nameOf(one) === nameOf(workload));
    const same = earlier !== undefined && JSON.stringify(templateOf(earlier)) === JSON.stringify(templateOf(workload));
    return findingIf(same, "restart", {
      where: titleOf(workload),
      message: "its pods stay as they are, with the old proxy",
    });
  });
}
