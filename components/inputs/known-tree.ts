import { display } from "./display";
import type { Form } from "./form";
import { isDeferred } from "./input-value";

/** A block of Kubernetes' own that is written into a text when the mesh is planned, so that nothing in it may be an Output. */
export const knownTree: Form = {
  allowed: "a block of members, as in Kubernetes, whose values are known before anything is made",
  check: (given) => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) return "write a block of members";
    return holdsDeferred(given) ? `write plain values in ${display(given)}` : undefined;
  },
};

function holdsDeferred(value: unknown): boolean {
  if (isDeferred(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsDeferred);
}
