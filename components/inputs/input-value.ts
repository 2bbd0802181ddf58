import type { Form } from "./form";

/**
 * Whether a value becomes known only later: a Pulumi Output or a promise.
 * Asked without Pulumi's code, so that the core stays pure.
 */
export function isDeferred(given: unknown): boolean {
  if (typeof given !== "object" || given === null) return false;
  return "__pulumiOutput" in given || typeof (given as { then?: unknown }).then === "function";
}

/** The form of an input value: a known text must have the form, a deferred one is passed on unread. */
export function inputValue(form: Form): Form {
  return { allowed: form.allowed, check: (given) => (isDeferred(given) ? undefined : form.check(given)) };
}
