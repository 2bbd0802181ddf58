import { isDeferred } from "./input-value";

/** Keys whose values are never printed, wherever they stand: at the end of the path or inside the value. The number of a token is none. */
const secretKeys = /kubeconfig|password|privateKey|token(?!Generation)|secret$/i;

/** Stands in messages and plans for what must not be seen there. */
export const hidden = "[secret]";

/** Shows a value as the user would write it, short enough for one line of a message. */
export function display(given: unknown, path = ""): string {
  if (given === undefined) return "nothing";
  if (secretKeys.test(lastKey(path))) return hidden;
  if (isDeferred(given)) return "[known later]";
  const text = safeJson(given);
  // A key in the wrong member.
  if (text.includes("PRIVATE KEY-----")) return hidden;
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function lastKey(path: string): string {
  return path.split(".").slice(-1).join("");
}

function safeJson(given: unknown): string {
  if (given === undefined || typeof given === "function") return String(given);
  if (typeof given === "symbol" || typeof given === "bigint") return String(given);
  try {
    return JSON.stringify(given, printable);
  } catch {
    return "a value with a circle in it";
  }
}

/** Replaces what JSON must not show, and the text that an Output becomes in JSON. */
function printable(this: Readonly<Record<string, unknown>>, key: string, member: unknown): unknown {
  if (secretKeys.test(key)) return hidden;
  return isDeferred(this[key]) ? "[known later]" : member;
}
