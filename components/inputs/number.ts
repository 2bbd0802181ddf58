import type { Form } from "./form";

/** A whole number within limits. */
export function wholeNumber(from: number, to: number): Form {
  const allowed = `a whole number from ${from} to ${to}`;
  return {
    allowed,
    judge: (given) => {
      if (typeof given === "string" && /^\d+$/.test(given)) return `write ${given} without quotes`;
      if (given === null) return "give it a value, or remove the line";
      if (typeof given !== "number" || !Number.isInteger(given)) return `write ${allowed}`;
      return given < from || given > to ? `write ${allowed}` : undefined;
    },
  };
}
