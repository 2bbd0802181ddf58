import { problemIf } from "../inputs/problem";
import { labelKey } from "../inputs/text";
import type { Problem } from "../plan/problem";

/** The keys of labels that choose pods; their values have been looked at before. */
export function checkLabelKeys(labels: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  return Object.keys(labels).flatMap((key) => {
    const suggestion = labelKey.check(key);
    return problemIf(suggestion !== undefined, `${path}[${JSON.stringify(key)}]`, {
      given: labels[key],
      allowed: labelKey.allowed,
      suggestion: String(suggestion),
    });
  });
}
