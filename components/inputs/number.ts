import type { Form } from "./form";

/** A whole number within limits. */
export function wholeNumber(from: number, to: number): Form {
  const allowed = `a whole number from ${from} to ${to}`;
  return {
    allowed,
    judge: (given) => {
      const within = (number: number) => Number.isInteger(number) && number >= from && number <= to;
      if (typeof given === "number" && within(given)) return undefined;
      if (typeof given === "string" && /^\d+$/.test(given) && within(Number(given)))
        return `write ${given} without quotes`;
      return given === null ? "give it a value, or remove the line" : `write ${allowed}`;
    },
  };
}
