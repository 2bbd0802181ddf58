import { headerName } from "../../inputs/http";
import { duplicates } from "../../inputs/list";
import { problem, problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import type { RouteArgs } from "./route-args";

/** The most that one match of an HTTPRoute holds. Source: the Gateway API's HTTPRouteMatch */
const mostConditions = 16;

/** Checks the conditions of one route. */
export function checkMatch({ methods, headers, queryParams }: RouteArgs, path: string): readonly Problem[] {
  return [
    ...(methods === undefined ? [] : duplicates(methods, `${path}.methods`)),
    ...(headers === undefined ? [] : checkHeaderNames(headers, `${path}.headers`)),
    ...(queryParams === undefined ? [] : checkNames(queryParams, `${path}.queryParams`)),
  ];
}

/** Names of headers are compared without regard to case. `host` is a member of the route. */
function checkHeaderNames(headers: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  const names = Object.keys(headers);
  const lower = names.map((name) => name.toLowerCase());
  return [
    ...checkNames(headers, path),
    ...names.flatMap((name, index) => [
      ...problemIf(lower.indexOf(name.toLowerCase()) !== index, place(path, name), {
        given: headers[name],
        allowed: "each header once: upper and lower case are the same",
        suggestion: "remove it",
      }),
      ...problemIf(name.toLowerCase() === "host", place(path, name), {
        given: headers[name],
        allowed: "headers other than the host of the request",
        suggestion: "write it as the route's host",
      }),
    ]),
  ];
}

function checkNames(conditions: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  const names = Object.keys(conditions);
  return [
    ...problemIf(names.length > mostConditions, path, {
      given: `${names.length} names`,
      allowed: `at most ${mostConditions}, the limit of the Gateway API`,
      suggestion: "remove some",
    }),
    ...names.flatMap((name) => {
      const suggestion = headerName.check(name);
      if (suggestion === undefined) return [];
      return [
        problem(place(path, name), {
          given: conditions[name],
          allowed: allowedName,
          suggestion: `write ${allowedName}`,
        }),
      ];
    }),
  ];
}

const allowedName = headerName.allowed.replace("of an HTTP header", "of a header or query parameter");

function place(path: string, name: string): string {
  return /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
