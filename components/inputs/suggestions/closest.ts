import { closest as nearest, distance } from "fastest-levenshtein";

/** The known word that was probably meant, if one is near enough for a typing error or another letter case. */
export function closest(written: string, known: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const sameButCase = known.find((word) => word.toLowerCase() === lower);
  if (sameButCase !== undefined || known.length === 0) return sameButCase;
  const word = nearest(lower, [...known]);
  return distance(lower, word.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3)) ? word : undefined;
}
