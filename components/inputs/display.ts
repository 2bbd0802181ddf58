import { isLate } from "./leaf";

/** Keys whose values are never printed, wherever they stand. */
const secretKeys = /kubeconfig|password|token|secret$/i;

/** Shows a value as the user would write it, short enough for one line of a message. */
export function display(given: unknown, path = ""): string {
  if (given === undefined) return "nothing";
  if (secretKeys.test(lastKey(path))) return "[secret]";
  if (isLate(given)) return "[known later]";
  const text = safeJson(given);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function lastKey(path: string): string {
  return path.split(".").slice(-1).join("");
}

function safeJson(given: unknown): string {
  if (typeof given === "function" || typeof given === "symbol" || typeof given === "bigint") return String(given);
  try {
    return String(JSON.stringify(given));
  } catch {
    return "a value with a circle in it";
  }
}
