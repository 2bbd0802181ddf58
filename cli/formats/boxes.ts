import { describeResource } from "../plan/describe";
import { foldGroups, groupName, pictureThreshold } from "../plan/folding";
import { type Node, criticalPath, needs } from "../plan/graph";
import type { Plan } from "../plan/plan";

/** An arrow of a picture: `from` must exist before `to`. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** A box of a picture: one resource, or several that differ in nothing that a picture shows. */
export interface Box {
  /** Name of its resource, or of the first of several. */
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly nodes: readonly Node[];
  /** Whether the whole waits for it. */
  readonly slow: boolean;
}

export interface Picture {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

type Drawn = Pick<Plan, "resources" | "mesh" | "removal">;

/** What to draw of a plan: everything but the mesh itself, which would stand before all of it. */
export function pictureOf({ resources, mesh, removal }: Drawn): Picture {
  const nodes = resources.filter(({ name }) => name !== mesh);
  const arrows = essentialArrows(nodes);
  // How long a removal takes is not known.
  const path = removal === true ? [] : criticalPath(resources);
  const prefix = `${mesh}-`;
  const boxes = foldGroups(nodes, pictureThreshold).map((group) => boxOf(group, { path, prefix }));
  const idOf = new Map(boxes.flatMap(({ id, nodes: members }) => members.map(({ name }) => [name, id] as const)));
  const between = arrows.map(({ from, to }) => ({ from: String(idOf.get(from)), to: String(idOf.get(to)) }));
  return { boxes, arrows: [...new Map(between.map((arrow) => [JSON.stringify(arrow), arrow])).values()] };
}

/** The arrows that a picture needs: those that follow from others are left out. */
export function essentialArrows(nodes: readonly Node[]): readonly Arrow[] {
  const before = new Map<string, { readonly name: string; readonly needed: ReadonlySet<string> }>();
  return nodes.flatMap((node) => {
    const near = needs(node).flatMap((name) => before.get(name) ?? []);
    const direct = new Set(near.map(({ name }) => name));
    const indirect = new Set(near.flatMap(({ needed }) => [...needed]));
    before.set(node.name, { name: node.name, needed: new Set([...direct, ...indirect]) });
    return [...direct].filter((name) => !indirect.has(name)).map((from) => ({ from, to: node.name }));
  });
}

/** `prefix` is the mesh's name, with which every name begins. */
function boxOf(nodes: readonly Node[], { path, prefix }: { path: readonly string[]; prefix: string }): Box {
  const names = nodes.map(({ name }) => name);
  const short = names.map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name));
  const kind = nodes
    .slice(0, 1)
    .map((node) => describeResource(node).kind)
    .join("");
  const box = { id: names.slice(0, 1).join(""), nodes, slow: names.some((name) => path.includes(name)) };
  if (nodes.length === 1) return { ...box, label: groupName(short), kind };
  return { ...box, label: groupName(short), kind: `${nodes.length} × ${kind}` };
}
