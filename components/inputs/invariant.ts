/**
 * Returns a value that other code guarantees.
 *
 * @throws Error if there is none, which is a bug in istio-eks and not in the arguments.
 */
export function invariant<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`istio-eks has a bug: ${what} is missing`);
  return value;
}
