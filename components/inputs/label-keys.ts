import type { Problem } from "../plan/problem";
import { problemWith } from "./problem";
import { labelKey } from "./text";

/** Kubernetes takes only some keys of labels; `path` is that of the labels. */
export function checkKey(key: string, given: unknown, path: string): readonly Problem[] {
  return problemWith(labelKey.check(key), keyPath(path, key), (suggestion) => ({
    given,
    allowed: labelKey.allowed,
    suggestion,
  }));
}

/** The same for all of them. */
export function checkKeys(labels: Readonly<Record<string, string>> | undefined, path: string): readonly Problem[] {
  return Object.entries(labels === undefined ? {} : labels).flatMap(([key, given]) => checkKey(key, given, path));
}

/** Where one label stands. */
export function keyPath(path: string, key: string): string {
  return `${path}[${JSON.stringify(key)}]`;
}
