import { isMap, isPair, isScalar, isSeq, type LineCounter, type Node, type Pair } from "yaml";
import { pathText } from "../../components/inputs/path";
import type { Source } from "../../components/inputs/problem";

/** A YAML file that was read. */
export interface YamlFile {
  readonly lines: LineCounter;
  readonly file: string;
}

interface Written {
  readonly line: number;
  readonly text: string | undefined;
}

/** Where the members of a block stand in a YAML file. */
export function sourceOf(block: unknown, { lines, file }: YamlFile): Source {
  const written = new Map<string, Written>();
  const visit = (node: unknown, path: readonly PropertyKey[], start: number | undefined): void => {
    if (start !== undefined) written.set(pathText(path), { line: lines.linePos(start).line, text: otherText(node) });
    for (const [key, member, at] of membersOf(node)) visit(member, [...path, key], at);
  };
  visit(block, [], startOf(block));
  return {
    placeOf: (path) => {
      const found = written.get(path) ?? written.get(parentOf(path, written));
      return found === undefined ? undefined : `${file}:${found.line}`;
    },
    writtenAt: (path) => written.get(path)?.text,
  };
}

/** The nearest block around a member that is not written. */
function parentOf(path: string, written: ReadonlyMap<string, Written>): string {
  const shorter = path.replace(/(^|\.)[\w-]+$|\[[^[\]]*\]$/, "");
  return shorter === "" || shorter === path || written.has(shorter) ? shorter : parentOf(shorter, written);
}

/** Key, value and start of each member. A member starts at its key, an entry of a list at its value. */
function membersOf(node: unknown): readonly (readonly [PropertyKey, unknown, number | undefined])[] {
  if (isMap(node)) {
    return node.items.filter(isPair).map((pair: Pair) => [keyOf(pair), pair.value, startOf(pair.key)] as const);
  }
  return isSeq(node) ? node.items.map((item, index) => [index, item, startOf(item)] as const) : [];
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function startOf(node: unknown): number | undefined {
  return (node as Partial<Node> | null | undefined)?.range?.[0];
}

/** The text of a number that is not how the number is printed. */
function otherText(node: unknown): string | undefined {
  if (!isScalar(node) || typeof node.value !== "number") return undefined;
  const { source } = node;
  return source === undefined || source === String(node.value) ? undefined : source;
}
