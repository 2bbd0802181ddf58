import { problem } from "./inputs/problem";
import { closest } from "./inputs/suggestions/closest";
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
        suggestion:
          near === undefined
            ? `move it below ${project}:mesh, such as: pulumi config set --path mesh.${written} …`
            : `did you mean "${project}:${near}"?`,
      });
    });
}
