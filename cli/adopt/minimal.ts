import { isDeepStrictEqual } from "node:util";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { inputValuesOf, type Path, type Tree, without } from "./trees";

/** The version stays written, also where it is the default of today. */
const kept = ["mode", "cluster", "version"];

/** Arguments without the members that are the component's defaults. */
export function minimal(args: Tree): Tree {
  const { settings } = resolveIstioMesh(args);
  const removable = inputValuesOf(args).filter(({ path }) => !path.some((key) => kept.includes(key)));
  return removable.reduce((tree, { path }) => {
    const shorter = without(tree, path);
    return isDeepStrictEqual(resolveIstioMesh(shorter).settings, settings) && namesAs(tree, shorter) ? shorter : tree;
  }, args);
}

/** Ingresses and namespaces are there by being named: without a last member their block would go, too. */
function namesAs(tree: Tree, shorter: Tree): boolean {
  const named = (one: Tree): readonly Path[] =>
    ["namespaces", "additionalIngresses"].flatMap((key) =>
      Object.keys({ ...(one[key] as Tree | undefined) }).map((name) => [key, name]),
    );
  return isDeepStrictEqual(named(tree), named(shorter));
}
