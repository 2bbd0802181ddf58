import type { Problem } from "../plan/problem";
import { problem } from "./problem";

/** Every entry that stood in the list before. */
export function duplicates(list: readonly string[], path: string): readonly Problem[] {
  return list.flatMap((entry, index) => {
    const first = list.indexOf(entry);
    if (first === index) return [];
    return [
      problem(`${path}[${index}]`, {
        given: entry,
        allowed: "each entry once",
        suggestion: "remove it: the same entry stands before it",
      }),
    ];
  });
}

/** `"a", "b" or "c"`. */
export function oneOf(words: readonly string[]): string {
  if (words.length === 0) return "nothing";
  const quoted = words.map((word) => `"${word}"`);
  return [quoted.slice(0, -1).join(", "), ...quoted.slice(-1)].filter((text) => text !== "").join(" or ");
}
