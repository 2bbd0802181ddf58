import { display } from "./display";
import type { Form } from "./form";
import { isLate } from "./leaf";

/** A block of Kubernetes' own that is written into a text when the mesh is planned, so that nothing in it may be an Output. */
export const knownTree: Form = {
  allowed: "a block of members, as in Kubernetes, whose values are known before anything is made",
  judge: (given) => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) return "write a block of members";
    return holdsLate(given) ? `write plain values in ${display(given)}` : undefined;
  },
};

function holdsLate(value: unknown): boolean {
  if (isLate(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsLate);
}
