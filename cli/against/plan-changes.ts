import type { Node } from "../plan/graph";
import { isKept } from "../plan/kept";
import { listOf, memberAt } from "../members";
import type { Plan } from "../plan/plan";
import { loadBalancerOf } from "../traffic/load-balancer";
import { type Change, changesBetween } from "./difference";
import { clusterOf, replaces } from "./replacement";

/** What `up` does to a mesh that was deployed with one plan, when the configuration asks for another. */
export interface PlanChanges {
  readonly created: readonly Node[];
  readonly updated: readonly ChangedResource[];
  readonly replaced: readonly ChangedResource[];
  /** In the order of removal. */
  readonly deleted: readonly Node[];
  /** Pulumi forgets them, and they stay in the cluster. */
  readonly kept: readonly Node[];
  readonly unchanged: number;
  readonly loadBalancers: readonly LoadBalancerChange[];
  /** Warnings that the former plan did not have. */
  readonly warnings: readonly string[];
}

export interface ChangedResource {
  readonly resource: Node;
  readonly changes: readonly Change[];
  /** Paths of the inputs whose change replaces it. */
  readonly because: readonly string[];
}

/** What becomes of the load balancer that a Service or an Ingress carries. */
export interface LoadBalancerChange {
  readonly name: string;
  readonly what: "created" | "updated" | "replaced" | "deleted";
  readonly because: readonly string[];
}

type Compared = Pick<Plan, "resources" | "warnings">;

/** Compares two plans of one mesh by the logical names of their resources, and by the aliases of new names. */
export function changesOf(was: Compared, is: Compared): PlanChanges {
  const before = new Map(was.resources.map((node) => [node.name, node]));
  const pairs = is.resources.map((resource) => {
    const name = [resource.name, ...formerNames(resource)].find((one) => before.has(one));
    return { resource, old: name === undefined ? undefined : before.get(name) };
  });
  const known = new Set(pairs.flatMap(({ old }) => old ?? []));
  const gone = was.resources.filter((node) => !known.has(node)).reverse();
  const moved = ({ old, resource }: Pair) => clusterOf(old, was.resources) !== clusterOf(resource, is.resources);
  const changed = pairs.flatMap(({ resource, old }) =>
    old === undefined ? [] : changedResource({ old, resource }, moved({ old, resource })),
  );
  const created = pairs.flatMap(({ resource, old }) => (old === undefined ? [resource] : []));
  const updated = changed.filter(({ because }) => because.length === 0);
  const replaced = changed.filter(({ because }) => because.length > 0);
  const deleted = gone.filter((node) => !isKept(node));
  const loadBalancers = [
    ...created.flatMap((node) => balancerChange(node, "created")),
    ...updated.flatMap(({ resource }) => balancerChange(resource, "updated")),
    ...replaced.flatMap(({ resource, because }) => balancerChange(resource, "replaced", because)),
    ...deleted.flatMap((node) => balancerChange(node, "deleted")),
  ];
  return {
    ...{ created, updated, replaced, deleted, loadBalancers, kept: gone.filter(isKept) },
    unchanged: pairs.length - created.length - changed.length,
    warnings: is.warnings.filter((warning) => !was.warnings.includes(warning)),
  };
}

/** Names under which Pulumi knew a resource before. */
export function formerNames({ options }: Pick<Node, "options">): readonly string[] {
  return listOf(options["aliases"]).flatMap((alias) => {
    const name = memberAt(alias, "spec", "name");
    return typeof name === "string" && name !== "" ? [name] : [];
  });
}

/** A resource of the former plan, and what it is in the new one. */
interface Pair {
  readonly old: Node;
  readonly resource: Node;
}

function changedResource({ old, resource }: Pair, inAnotherCluster: boolean): readonly ChangedResource[] {
  const changes = changesBetween(old.inputs, resource.inputs);
  if (old.type !== resource.type) return [{ resource, changes, because: ["type"] }];
  if (inAnotherCluster) return [{ resource, changes, because: ["provider"] }];
  if (changes.length === 0) return [];
  return [
    {
      resource,
      changes,
      because: changes.map(({ path }) => path).filter((path) => replaces(resource, path)),
    },
  ];
}

function balancerChange(
  node: Node,
  what: LoadBalancerChange["what"],
  because: readonly string[] = [],
): readonly LoadBalancerChange[] {
  return loadBalancerOf(node) === undefined ? [] : [{ name: node.name, what, because }];
}
