/** Breaks between words; a longer word keeps a line to itself, so that it can be copied. */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split(" ").reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
