import { type Node, needs } from "../graph";

/** An arrow of a picture: `from` must exist before `to`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** The arrows that a picture needs: those that follow from others are left out, and so is the mesh itself. */
export function essentialEdges(nodes: readonly Node[], mesh: string): readonly Edge[] {
  const before = new Map<string, ReadonlySet<string>>();
  return nodes.flatMap((node) => {
    const direct = needs(node).filter((name) => name !== mesh && before.has(name));
    const indirect = new Set(direct.flatMap((name) => [...(before.get(name) ?? [])]));
    before.set(node.name, new Set([...direct, ...indirect]));
    return [...new Set(direct)].filter((name) => !indirect.has(name)).map((from) => ({ from, to: node.name }));
  });
}

/** The nodes of a picture: everything but the mesh itself, which would stand before all of them. */
export function pictured(nodes: readonly Node[], mesh: string): readonly Node[] {
  return nodes.filter(({ name }) => name !== mesh);
}
