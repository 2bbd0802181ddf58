import { closest } from "./suggestions/closest";
import { publicForm, textForm, type Form } from "./form";

/** One of a few words, with hints for words that used to be right. */
export function choice(words: Readonly<Record<string, string>>, formerly: Readonly<Record<string, string>> = {}): Form {
  const known = Object.values(words);
  const allowed = `one of ${known.map((word) => `"${word}"`).join(", ")}`;
  return publicForm(
    textForm(allowed, (given) => {
      if (known.includes(given)) return undefined;
      if (Object.hasOwn(formerly, given)) return formerly[given];
      const near = closest(given, known);
      return near === undefined ? `write ${allowed}` : `did you mean "${near}"?`;
    }),
  );
}
