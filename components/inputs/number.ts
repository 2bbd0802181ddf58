import type { Form } from "./form";

/** A whole number within limits. */
export function wholeNumber(from: number, to: number): Form {
  const allowed = `a whole number from ${from} to ${to}`;
  return {
    allowed,
    check: (given) => {
      const within = (number: number) => Number.isInteger(number) && number >= from && number <= to;
      if (typeof given === "number" && within(given)) return undefined;
      if (typeof given === "string" && /^\d+$/.test(given) && within(Number(given)))
        return `write ${given} without quotes`;
      return given === null ? "give it a value, or remove the line" : `write ${allowed}`;
    },
  };
}

/** A share of all requests, in percent. */
export const percentage: Form = {
  allowed: "a number from 0 to 100",
  check: (given) => {
    const within = (number: number) => number >= 0 && number <= 100;
    if (typeof given === "number" && within(given)) return undefined;
    const written = typeof given === "string" ? given.replace(/\s*%$/, "") : "";
    if (/^\d+(\.\d+)?$/.test(written) && within(Number(written))) return `write ${written} without quotes`;
    return given === null ? "give it a value, or remove the line" : "write a number from 0 to 100, such as 5 or 0.5";
  },
};
