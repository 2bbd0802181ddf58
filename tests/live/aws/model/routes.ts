import type { Operation, ServiceModel } from "./service-model";

export interface Routed {
  readonly operation: Operation;
  /** Values of the placeholders in the path. */
  readonly uri: Readonly<Record<string, string>>;
}

/** The operation of a REST request: the one whose path has the most fixed segments, if several fit. */
export function routeOf({ operations }: ServiceModel, method: string, path: string): Routed | undefined {
  const segments = segmentsOf(path);
  const fitting = Object.values(operations).flatMap((operation) => {
    if (operation.http.method !== method) return [];
    const pattern = segmentsOf(operation.http.requestUri);
    const uri = match(pattern, segments);
    return uri === undefined ? [] : [{ operation, uri, fixed: pattern.filter((one) => !one.startsWith("{")).length }];
  });
  return fitting.sort((one, other) => other.fixed - one.fixed)[0];
}

function segmentsOf(path: string): readonly string[] {
  return path
    .split("?")
    .slice(0, 1)
    .join("")
    .split("/")
    .filter((segment) => segment !== "");
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const isGreedy = pattern.some((one) => one.endsWith("+}"));
  if (isGreedy ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, one] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const placeholder = /^\{(\w+)\+?\}$/.exec(one)?.[1];
    if (placeholder === undefined && one !== segment) return undefined;
    if (placeholder !== undefined) found[placeholder] = decodeURIComponent(segment);
  }
  return found;
}
