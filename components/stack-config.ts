import { problem } from "./inputs/problem";
import { closest } from "./inputs/closest";
import type { Problem } from "./plan/problem";

/** Keys of the project's configuration, without its name. The mesh's arguments are all below one of them. */
const known = ["mesh"];

/** Keys that someone wrote beside `mesh` and that nobody would read. */
export function checkConfigKeys(project: string, keys: readonly string[]): readonly Problem[] {
  return keys
    .filter((key) => key.startsWith(`${project}:`) && !known.includes(key.slice(project.length + 1)))
    .map((key) => {
      const written = key.slice(project.length + 1);
      const near = closest(written, known);
      return problem(key, {
        given: "a configuration key",
        allowed: `${project}:mesh, which holds all arguments of the mesh`,
        remedy:
          near === undefined
            ? `move it below ${project}:mesh, such as: pulumi config set --path mesh.${written} …`
            : `did you mean "${project}:${near}"?`,
      });
    });
}

/** Hides every text of a tree that may be a secret. Words that decide what is made must stay readable. */
export function sealLeaves(tree: unknown, seal: (text: string) => unknown): unknown {
  return sealBelow(tree, [], seal);
}

function sealBelow(value: unknown, path: readonly string[], seal: (text: string) => unknown): unknown {
  if (typeof value === "string") return isLeafPath(path) ? seal(value) : value;
  if (Array.isArray(value)) return value.map((entry) => sealBelow(entry, path, seal));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, sealBelow(member, [...path, key], seal)]),
  );
}

/** Members that the arguments take as a leaf, and the trees that are handed to Istio unread. */
const leaves =
  /^(cluster\.(kubeconfig|name|vpcId|securityGroupId)|tags\..*|istio\.(values|meshConfig)\..*|.*\.(certificateArn|certificateArns\.\d+|webAclArn|zoneId))$/;

function isLeafPath(path: readonly string[]): boolean {
  return leaves.test(path.join("."));
}
