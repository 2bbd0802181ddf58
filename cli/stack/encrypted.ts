import { membersOf } from "../members";

/** Whether a value is encrypted: such a one stands in stack files as `{ secure: "v1:…" }`. */
export function isEncrypted(value: unknown): boolean {
  const keys = Object.keys(membersOf(value));
  return keys.length === 1 && keys[0] === "secure";
}
