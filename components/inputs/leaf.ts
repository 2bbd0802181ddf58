import type { Form } from "./form";

/**
 * Whether a value becomes known only later: a Pulumi Output or a promise.
 * Asked without Pulumi's code, so that the core stays pure.
 */
export function isLate(given: unknown): boolean {
  if (typeof given !== "object" || given === null) return false;
  return "__pulumiOutput" in given || typeof (given as { then?: unknown }).then === "function";
}

/** The form of a leaf: a text that is known already must have the form, a late one is carried unread. */
export function leaf(form: Form): Form {
  return { allowed: form.allowed, judge: (given) => (isLate(given) ? undefined : form.judge(given)) };
}
