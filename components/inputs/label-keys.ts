import type { Problem } from "../plan/problem";
import { problemIf } from "./problem";
import { labelKey } from "./text";

/** Kubernetes takes only some keys of labels. */
export function checkKeys(labels: Readonly<Record<string, string>> | undefined, path: string): readonly Problem[] {
  return Object.entries(labels === undefined ? {} : labels).flatMap(([key, given]) => {
    const suggestion = labelKey.check(key);
    return problemIf(suggestion !== undefined, `${path}[${JSON.stringify(key)}]`, {
      given,
      allowed: labelKey.allowed,
      suggestion: String(suggestion),
    });
  });
}
