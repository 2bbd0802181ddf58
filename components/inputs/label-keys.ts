import type { Problem } from "../plan/problem";
import { problemWith } from "./problem";
import { labelKey } from "./text";

/** Kubernetes takes only some keys of labels. */
export function checkKeys(labels: Readonly<Record<string, string>> | undefined, path: string): readonly Problem[] {
  return Object.entries(labels === undefined ? {} : labels).flatMap(([key, given]) =>
    problemWith(labelKey.check(key), `${path}[${JSON.stringify(key)}]`, (suggestion) => ({
      given,
      allowed: labelKey.allowed,
      suggestion,
    })),
  );
}
