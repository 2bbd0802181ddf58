import { at, type KubernetesObject, listAt, textAt } from "../../check/kubernetes-object";
import type { DnsRecord } from "../inventory";
import type { Found, Note } from "../report/note";
import type { Tree } from "../trees";

/** What the Gateway of an ingress serves. */
export interface Servers {
  readonly hosts: readonly string[];
  readonly redirect: boolean;
  readonly secretName: string | undefined;
}

/** Reads a Gateway of Istio or of the Gateway API. */
export function serversOf(gateway: KubernetesObject): Servers {
  const servers = listAt(gateway, "spec", "servers");
  const listeners = listAt(gateway, "spec", "listeners");
  const hosts = [
    ...servers.flatMap((server) => listAt(server, "hosts").map((host) => String(host).replace(/^.*\//, ""))),
    ...listeners.map((listener) => textAt(listener, "hostname")),
  ];
  const secrets = [
    ...servers.map((server) => textAt(server, "tls", "credentialName")),
    ...listeners.map((listener) => textAt(listener, "tls", "certificateRefs", 0, "name")),
  ];
  return {
    hosts: [...new Set(hosts)].filter((host) => host !== "" && host !== "*"),
    redirect:
      servers.some((server) => at(server, "tls", "httpsRedirect") === true) ||
      // The mesh's own: only its redirect may use the listener.
      listeners.some((listener) => textAt(listener, "allowedRoutes", "namespaces", "from") === "Same"),
    secretName: secrets.find((secret) => secret !== ""),
  };
}

/** Records that lead to a load balancer become the mesh's, if all of its hosts have one of a kind that it makes. */
export function dnsArgs(hosts: readonly string[], records: readonly DnsRecord[]): Found<Tree | undefined> {
  const [first] = records;
  if (first === undefined) return { args: undefined, notes: [] };
  const complaints = [
    ...(records.every(({ zoneId }) => zoneId === first.zoneId) ? [] : ["they are in several hosted zones"]),
    ...(records.some(({ externalDns }) => externalDns) ? ["ExternalDNS keeps them"] : []),
    ...(records.every(({ plainAlias }) => plainAlias) ? [] : ["one is no plain alias record"]),
    ...hosts.filter((host) => !records.some(({ name }) => name === host)).map((host) => `${host} has none`),
  ];
  if (complaints.length === 0) return { args: { zoneId: first.zoneId }, notes: [] };
  return { args: undefined, notes: [recordsNote(records, complaints)] };
}

function recordsNote(records: readonly DnsRecord[], complaints: readonly string[]): Note {
  return {
    kind: "left",
    subject: `DNS records ${[...new Set(records.map(({ name }) => name))].join(", ")}`,
    text: `They stay with whoever keeps them: ${complaints.join("; ")}.`,
  };
}
