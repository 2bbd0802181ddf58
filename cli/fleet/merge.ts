import { type Document, isAlias, isMap, isScalar, Pair, type Range, YAMLMap } from "yaml";

/**
 * Merges blocks of one YAML document, each over the one before it: blocks member by member, while a list or a value
 * replaces what was there. The members stay those of the document, so that their lines are known.
 */
export function mergeBlocks(document: Document, blocks: readonly unknown[]): unknown {
  return blocks.reduce((base, block) => mergeTwo(document, base, block), undefined);
}

function mergeTwo(document: Document, base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  const [below, above] = [targetOf(document, base), targetOf(document, over)];
  if (!isMap(below) || !isMap(above)) return over;
  const values = new Map(below.items.map((pair) => [keyOf(pair), pair]));
  for (const pair of above.items) {
    const old = values.get(keyOf(pair));
    values.set(keyOf(pair), old === undefined ? pair : new Pair(pair.key, mergeTwo(document, old.value, pair.value)));
  }
  const merged = new YAMLMap();
  merged.items.push(...values.values());
  merged.range = above.range as Range | null;
  return merged;
}

/** The node itself, or what it is an alias of. */
export function targetOf(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** A key as JavaScript has it. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}
