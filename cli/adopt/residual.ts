import { isDeepStrictEqual } from "node:util";
import { mergeLayers } from "../../components/control-plane/charts/values/chart-values";
import { pathText } from "../../components/inputs/path";
import { planControlPlane } from "../../components/control-plane/control-plane-plan";
import { planGatewayReleases } from "../../components/ingress/gateways/gateways-plan";
import { requiredValuesOf } from "../../components/mesh/chart-required-values";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import type { Problem } from "../../components/plan/problem";
import type { MeshSettings } from "../../components/plan/settings";
import { problemsText } from "../../components/inputs/problem";
import { listAt } from "../check/kubernetes-object";
import { InputError } from "../input-error";
import type { Note } from "./report/note";
import { compact, difference, inputValuesOf, type Path, type Tree, without } from "./trees";

export interface Settled {
  readonly args: Tree;
  readonly settings: MeshSettings;
  readonly warnings: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * Adds to the arguments the values of charts that the plan would not write by itself: those that no member sets. What
 * the component refuses is left out, with a note.
 */
export function withValues(args: Tree, values: Readonly<Record<string, Tree>>): Settled {
  const plain = settle(args);
  const planned = plannedValues(plain.settings);
  const rest = Object.fromEntries(
    Object.entries(values).map(([chart, found]) => {
      const tree = planned[chart];
      return [chart, difference(withoutPlanned(found, tree), withoutPlanned(tree ?? {}, tree))] as const;
    }),
  );
  const { meshConfig, ...istiod } = rest["istiod"] as Tree;
  const istio = plain.args["istio"] as Tree;
  const whole = settle(compact({ ...plain.args, istio: { ...istio, meshConfig, values: { ...rest, istiod } } }));
  return { ...whole, notes: [...plain.notes, ...whole.notes] };
}

/** Lists of a chart's values to which the mesh adds elements of its own. */
const joined: readonly Path[] = [["meshConfig", "extensionProviders"], ["volumes"], ["volumeMounts"]];

/** Values whose joined lists lack what the mesh adds by itself: only the user's own elements are written. */
function withoutPlanned(values: Tree, planned: Tree | undefined): Tree {
  return joined.reduce((tree, path) => {
    const [found, own] = [listAt(tree, ...path), listAt(planned, ...path)];
    const rest = found.filter((element) => !own.some((one) => isDeepStrictEqual(one, element)));
    if (rest.length === found.length) return tree;
    const left = without(tree, path);
    return rest.length === 0 ? left : mergeLayers(left, nested(path, rest));
  }, values);
}

function nested([first, ...rest]: Path, value: unknown): Tree {
  return { [String(first)]: rest.length === 0 ? value : nested(rest, value) };
}

/** The values that the mesh gives each chart. */
export function plannedValues(settings: MeshSettings): Readonly<Record<string, Tree>> {
  const releases = [
    ...planControlPlane(settings, { requiredValues: requiredValuesOf(settings), nodeRules: [] }),
    ...planGatewayReleases(settings),
  ];
  return Object.fromEntries(
    [...releases].reverse().map(({ chart, values }) => [chart, JSON.parse(JSON.stringify(values)) as Tree]),
  );
}

/** Leaves out what the component refuses, until it refuses nothing more. */
export function settle(args: Tree, notes: readonly Note[] = []): Settled {
  const { settings, problems, warnings } = resolveIstioMesh(args);
  if (settings !== undefined) return { args, settings, warnings, notes };
  const refused = problems.flatMap((problem) => {
    const path = pathOf(args, problem);
    return path === undefined ? [] : [{ path, problem }];
  });
  if (refused.length === 0) throw new InputError(problemsText("mesh", problems));
  const left = refused.reduce((tree, { path }) => without(tree, path), args);
  return settle(left, [...notes, ...refused.map(({ problem }) => refusedNote(problem))]);
}

/** The member that a problem is about, or the one around it; none: it is a member that a mesh needs. */
function pathOf(args: Tree, { path }: Problem): Path | undefined {
  const paths = inputValuesOf(args).flatMap(({ path: inputValue }) =>
    inputValue.map((_, index) => inputValue.slice(0, index + 1)),
  );
  const written = paths.filter(
    (candidate) => path === pathText(candidate) || path.startsWith(`${pathText(candidate)}[`),
  );
  const longest = written.sort((one, other) => other.length - one.length)[0];
  if (longest === undefined || ["mode", "cluster"].includes(String(longest[0]))) return undefined;
  // Without one of its members, the labels of a namespace would be others than those that it has.
  return longest[0] === "namespaces" ? longest.slice(0, 2) : longest;
}

/** Of a value only the place is reported: it may be a secret. */
function refusedNote({ path, allowed, suggestion }: Problem): Note {
  return { kind: "left", subject: path, text: `The mesh does not take it; allowed is ${allowed}.`, suggestion };
}
