import { duplicates } from "../../inputs/list";
import { memberText } from "../../inputs/path";
import { problem, problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import type { RouteArgs } from "./route-args";
import type { RouteCorsArgs, RouteHeadersArgs } from "./route-policy-args";

/** Checks what one route does with its requests. */
export function checkPolicy(route: RouteArgs, path: string): readonly Problem[] {
  const { requestHeaders, responseHeaders, cors } = route;
  return [
    ...checkRedirect(route, path),
    ...checkTimes(route, path),
    ...(route.retries?.on === undefined ? [] : duplicates(route.retries.on, `${path}.retries.on`)),
    ...problemIf(route.fault !== undefined && hasNoFault(route.fault), `${path}.fault`, {
      given: route.fault,
      allowed: "a delay, an abort or both",
      suggestion: "write delaySeconds or abortStatus, or remove the block",
    }),
    ...(requestHeaders === undefined ? [] : checkHeaders(requestHeaders, `${path}.requestHeaders`, true)),
    ...(responseHeaders === undefined ? [] : checkHeaders(responseHeaders, `${path}.responseHeaders`, false)),
    ...(cors === undefined ? [] : checkCors(cors, route, path)),
  ];
}

function hasNoFault({ delaySeconds, abortStatus }: NonNullable<RouteArgs["fault"]>): boolean {
  return delaySeconds === undefined && abortStatus === undefined;
}

/** Of these Envoy reads nothing where it answers with a redirect itself. */
const withoutRedirect = [
  ...([
    "service",
    "namespace",
    "port",
    "weight",
    "timeoutSeconds",
    "retries",
    "mirror",
    "fault",
    "rewritePath",
  ] as const),
  ...(["requestHeaders", "cors"] as const),
];

function checkRedirect(route: RouteArgs, path: string): readonly Problem[] {
  const { redirect } = route;
  if (redirect === undefined) return [];
  return [
    ...withoutRedirect.flatMap((member) =>
      problemIf(route[member] !== undefined, `${path}.${member}`, {
        given: route[member],
        allowed: "nothing beside redirect: the gateway answers by itself",
        suggestion: `remove ${member} or redirect`,
      }),
    ),
    ...problemIf(redirect.host === undefined && redirect.path === undefined, `${path}.redirect`, {
      given: redirect,
      allowed: "another host, another path or both",
      suggestion: "write host or path: without them the client comes back to the same route",
    }),
  ];
}

function checkTimes({ timeoutSeconds, retries }: RouteArgs, path: string): readonly Problem[] {
  const perTry = retries?.perTryTimeoutSeconds;
  const longer = timeoutSeconds !== undefined && perTry !== undefined && perTry > timeoutSeconds;
  return problemIf(longer, `${path}.retries.perTryTimeoutSeconds`, {
    given: perTry,
    allowed: `at most timeoutSeconds, ${String(timeoutSeconds)}, which all attempts share`,
    suggestion: "lower it, or raise timeoutSeconds",
  });
}

/** The most of each kind that an HTTPRoute holds. Source: the Gateway API's HTTPHeaderFilter */
const mostHeaders = 16;

/** Envoy lets nobody take `Host` away, nor have two of it; a response has none. */
function checkHeaders(headers: RouteHeadersArgs, path: string, ofRequest: boolean): readonly Problem[] {
  const written = (["set", "add", "remove"] as const).flatMap((kind) => {
    const names = kind === "remove" ? listOf(headers.remove) : Object.keys(mapOf(headers[kind]));
    return names.map((name, index) => ({ kind, name, path: memberText(kind, kind === "remove" ? index : name) }));
  });
  const lower = written.map(({ name }) => name.toLowerCase());
  const counts = (["set", "add", "remove"] as const).map((kind) => written.filter((one) => one.kind === kind).length);
  return [
    ...problemIf(written.length === 0, path, {
      given: headers,
      allowed: "headers to set, add or remove",
      suggestion: "write some, or remove the block",
    }),
    ...problemIf(Math.max(...counts) > mostHeaders, path, {
      given: `${Math.max(...counts)} names`,
      allowed: `at most ${mostHeaders} in each of set, add and remove, the limit of the Gateway API`,
      suggestion: "remove some",
    }),
    ...written.flatMap(({ kind, name, path: member }, index) => {
      const own = name.toLowerCase() === "host" && !(ofRequest && kind === "set");
      const again = lower.indexOf(name.toLowerCase()) !== index;
      if (!own && !again) return [];
      const allowed = again ? "each header once" : "headers other than Host";
      return [problem(`${path}.${member}`, { given: name, allowed, suggestion: "remove it" })];
    }),
  ];
}

function listOf(list: readonly string[] | undefined): readonly string[] {
  return list === undefined ? [] : list;
}

function mapOf(map: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  return map === undefined ? {} : map;
}

const lists = ["origins", "methods", "headers"] as const;

function checkCors(cors: RouteCorsArgs, { methods }: RouteArgs, path: string): readonly Problem[] {
  return [
    ...lists.flatMap((member) => {
      const list = listOf(cors[member]);
      const every = list.includes("*");
      return [
        ...duplicates(list, `${path}.cors.${member}`),
        ...problemIf(every && list.length > 1, `${path}.cors.${member}`, {
          given: list,
          allowed: '"*" by itself: it stands for all',
          suggestion: 'remove "*" or all others',
        }),
        ...problemIf(every && cors.credentials === true, `${path}.cors.${member}`, {
          given: list,
          allowed:
            member === "origins"
              ? "named origins with credentials: every page could act as your user"
              : 'names with credentials: browsers then take "*" by its letter',
          suggestion: "name them, or remove credentials",
        }),
      ];
    }),
    ...problemIf(methods !== undefined && methods.length > 0 && !methods.includes("OPTIONS"), `${path}.methods`, {
      given: methods,
      allowed: 'methods with "OPTIONS" beside cors: preflight requests have it, and would not come to this route',
      suggestion: 'add "OPTIONS"',
    }),
  ];
}

/** Names what a route does that its user may not have meant. */
export function warnOfPolicy({ host, headers, fault, cors }: RouteArgs, path: string): readonly string[] {
  return [
    ...(fault === undefined
      ? []
      : [
          `${path}.fault: the gateway delays or refuses requests for ${host} on purpose, before timeoutSeconds and retries ` +
            `apply. Remove it after the test.`,
        ]),
    ...(cors === undefined || headers === undefined
      ? []
      : [
          `${path}.cors: preflight requests do not have the headers that this route asks for, and come to another route. ` +
            `Write the same cors there.`,
        ]),
  ];
}
