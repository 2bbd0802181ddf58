import { at, listAt, textAt } from "../../check/kubernetes-object";
import { exactIn, secondsIn, someOf } from "./route-values";
import { compact, type Tree } from "../trees";

/** The routes of a VirtualService as the mesh plans one, but for mirrors, faults, rewritten paths and CORS. */
export function routesOfVirtualService(spec: unknown): readonly Tree[] {
  const host = textAt(spec, "hosts", 0);
  return listAt(spec, "http").flatMap((rule) => {
    const route = { host, ...matchOf(rule), ...policyOf(rule) };
    const destinations = listAt(rule, "route");
    if (destinations.length === 0) return [compact({ ...route, redirect: redirectOf(at(rule, "redirect")) })];
    return destinations.map((one) =>
      compact({ ...route, ...serviceOf(at(one, "destination")), weight: at(one, "weight") }),
    );
  });
}

/** A prefix is an exact path, and what begins with it and a slash. */
function matchOf(rule: unknown): Tree {
  const [first, second] = listAt(rule, "match");
  const method = at(first, "method");
  const methods = textAt(method, "exact") === "" ? textAt(method, "regex").split("|") : [textAt(method, "exact")];
  return {
    ...pathOf(at(first, "uri"), second !== undefined),
    methods: someOf(methods.filter((one) => one !== "")),
    headers: exactIn(at(first, "headers")),
    queryParams: exactIn(at(first, "queryParams")),
  };
}

function pathOf(uri: unknown, isPrefix: boolean): Tree {
  if (uri === undefined) return {};
  const exact = at(uri, "exact");
  if (exact !== undefined) return { path: exact, pathType: isPrefix ? "prefix" : "exact" };
  return { path: at(uri, "regex"), pathType: "regex" };
}

function serviceOf(destination: unknown): Tree {
  const [service, namespace] = textAt(destination, "host").split(".");
  return { service, namespace, port: at(destination, "port", "number") };
}

function policyOf(rule: unknown): Tree {
  return {
    timeoutSeconds: secondsIn(textAt(rule, "timeout")),
    retries: {
      attempts: at(rule, "retries", "attempts"),
      on: someOf(
        textAt(rule, "retries", "retryOn")
          .split(",")
          .filter((one) => one !== ""),
      ),
      perTryTimeoutSeconds: secondsIn(textAt(rule, "retries", "perTryTimeout")),
    },
    requestHeaders: at(rule, "headers", "request"),
    responseHeaders: at(rule, "headers", "response"),
  };
}

function redirectOf(redirect: unknown): Tree {
  return { host: at(redirect, "authority"), path: at(redirect, "uri"), status: at(redirect, "redirectCode") };
}
