import { duplicates } from "../../inputs/list";
import { memberText } from "../../inputs/path";
import { problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import type { RouteArgs } from "./route-args";

/** The most that one match of an HTTPRoute holds. Source: the Gateway API's HTTPRouteMatch */
const mostConditions = 16;

/** Checks the conditions of one route. */
export function checkMatch({ methods, headers, queryParams }: RouteArgs, path: string): readonly Problem[] {
  return [
    ...(methods === undefined ? [] : duplicates(methods, `${path}.methods`)),
    ...(headers === undefined ? [] : checkHeaderNames(headers, `${path}.headers`)),
    ...(queryParams === undefined ? [] : checkCount(queryParams, `${path}.queryParams`)),
  ];
}

/** Names of headers are compared without regard to case. `host` is a member of the route. */
function checkHeaderNames(headers: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  const names = Object.keys(headers);
  const lower = names.map((name) => name.toLowerCase());
  return [
    ...checkCount(headers, path),
    ...names.flatMap((name, index) => [
      ...problemIf(lower.indexOf(name.toLowerCase()) !== index, memberText(path, name), {
        given: headers[name],
        allowed: "each header once: upper and lower case are the same",
        suggestion: "remove it",
      }),
      ...problemIf(name.toLowerCase() === "host", memberText(path, name), {
        given: headers[name],
        allowed: "headers other than the host of the request",
        suggestion: "write it as the route's host",
      }),
    ]),
  ];
}

function checkCount(conditions: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  const { length } = Object.keys(conditions);
  return problemIf(length > mostConditions, path, {
    given: `${length} names`,
    allowed: `at most ${mostConditions}, the limit of the Gateway API`,
    suggestion: "remove some",
  });
}
