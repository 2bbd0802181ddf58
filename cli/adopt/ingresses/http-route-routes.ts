import { at, type KubernetesObject, listAt, textAt } from "../../check/kubernetes-object";
import { pairsOf, secondsIn, someOf } from "./route-values";
import { compact, type Tree } from "../trees";

/** The routes of an HTTPRoute as the mesh plans one, but for retries, mirrors, rewritten paths and CORS. */
export function routesOfHttpRoute(object: KubernetesObject): readonly Tree[] {
  const hosts = listAt(object, "spec", "hostnames");
  const host = hosts.length === 0 ? "*" : hosts[0];
  return listAt(object, "spec", "rules").flatMap((rule) => {
    const route = { host, ...matchOf(rule), ...policyOf(rule) };
    const backends = listAt(rule, "backendRefs");
    if (backends.length === 0) return [compact({ ...route, redirect: redirectOf(rule) })];
    return backends.map((backend) => compact({ ...route, ...serviceOf(backend, object) }));
  });
}

const pathTypes: Readonly<Record<string, string>> = { Exact: "exact", RegularExpression: "regex" };

function matchOf(rule: unknown): Tree {
  const matches = listAt(rule, "matches");
  const [first] = matches;
  return {
    ...{ path: at(first, "path", "value"), pathType: pathTypes[textAt(first, "path", "type")] },
    methods: someOf(matches.map((match) => textAt(match, "method")).filter((method) => method !== "")),
    headers: pairsOf(listAt(first, "headers")),
    queryParams: pairsOf(listAt(first, "queryParams")),
  };
}

function serviceOf(backend: unknown, { metadata }: KubernetesObject): Tree {
  const namespace = textAt(backend, "namespace");
  return {
    ...{ service: at(backend, "name"), port: at(backend, "port"), weight: at(backend, "weight") },
    namespace: namespace === "" ? metadata.namespace : namespace,
  };
}

function policyOf(rule: unknown): Tree {
  return {
    timeoutSeconds: secondsIn(textAt(rule, "timeouts", "request")),
    requestHeaders: headersOf(filterOf(rule, "requestHeaderModifier")),
    responseHeaders: headersOf(filterOf(rule, "responseHeaderModifier")),
  };
}

function filterOf(rule: unknown, member: string): unknown {
  const filter = listAt(rule, "filters").find((one) => at(one, member) !== undefined);
  return at(filter, member);
}

function headersOf(modifier: unknown): Tree {
  return {
    set: pairsOf(listAt(modifier, "set")),
    add: pairsOf(listAt(modifier, "add")),
    remove: someOf(listAt(modifier, "remove")),
  };
}

function redirectOf(rule: unknown): Tree {
  const redirect = filterOf(rule, "requestRedirect");
  return {
    host: at(redirect, "hostname"),
    path: at(redirect, "path", "replaceFullPath"),
    status: at(redirect, "statusCode"),
  };
}
