import { parse } from "yaml";
import { clusterRoleText, pluralOf } from "../../../cli/formats/rbac";
import { type Finding, findingIf } from "../finding";
import { kindOf, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { textAt } from "../tree";

const check = "rights";

interface Role {
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

/** Finds objects of charts that the plan's ClusterRole would not let one make and remove. */
export function findMissingRights({ plan, releases }: RenderedMesh): readonly Finding[] {
  const { rules } = parse(clusterRoleText(plan.resources)) as Role;
  return releases
    .flatMap(({ objects }) => objects)
    .flatMap((object) => {
      const [version = "", group] = textAt(object.body, "apiVersion").split("/").reverse();
      const resource = pluralOf(kindOf(object));
      const rights = rules.filter(
        ({ apiGroups, resources }) => apiGroups.includes(group ?? "") && resources.includes(resource),
      );
      const verbs = rights.flatMap((rule) => rule.verbs);
      return findingIf(version === "" || !verbs.includes("create") || !verbs.includes("delete"), check, {
        where: titleOf(object),
        message: `istio-eks plan --format rbac gives no right to make and remove ${resource} of ${group ?? "the core"}`,
      });
    });
}
