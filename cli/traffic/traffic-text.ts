import type { Clients } from "./clients";
import type { GatewayPods } from "./gateway-pods";
import { lastPart, webAclName } from "./load-balancer";
import type { TrafficNamespace } from "./namespaces";
import type { Destination, Route } from "./routes";
import type { IngressPath } from "./traffic-path";

/** Who may connect, in lines: `internet`, the range, the ports. */
export function clientsLines({ peer, ports, open }: Clients): readonly string[] {
  return [open ? `internet: ${peer}` : peer, `TCP ${ports.join(", ")}`];
}

/** A load balancer in lines: type and name, scheme, listeners, TLS, web ACL. */
export function loadBalancerLines({ loadBalancer, tlsEnd }: IngressPath): readonly string[] {
  const { type, name, scheme, certificates, webAcl, listeners, reencrypts } = loadBalancer;
  const tlsPorts = listeners.filter(({ tls }) => tls).map(({ port }) => port);
  return [
    name === undefined ? type : `${type} ${name}`,
    scheme,
    `listens on ${listeners.map(({ port }) => port).join(", ")}`,
    ...(tlsEnd === "load balancer" ? [`TLS of ${tlsPorts.join(", ")} ends here`] : []),
    ...certificates.map((one) => `certificate ${lastPart(one)}`),
    ...(reencrypts ? ["TLS again to the gateway"] : []),
    ...(type === "NLB" ? [] : [webAcl === undefined ? "no WAF" : `WAF ${webAclName(webAcl)}`]),
  ];
}

/** A gateway in lines: name, pods, TLS. */
export function gatewayLines({ gateway, tlsEnd, loadBalancer }: IngressPath): readonly string[] {
  return [
    `gateway ${gateway.name}`,
    ...podsLines(gateway),
    ...(tlsEnd === "gateway" ? ["TLS ends here"] : []),
    ...(tlsEnd === "application" ? ["TLS is passed through"] : []),
    ...(tlsEnd === undefined && !loadBalancer.reencrypts ? ["no TLS from clients"] : []),
  ];
}

function podsLines({ pods }: GatewayPods): readonly string[] {
  return pods === undefined ? [] : [podsText(pods)];
}

/** `2 to 5 pods`. */
export function podsText({ min, max }: { readonly min: number; readonly max: number }): string {
  if (min !== max) return `${min} to ${max} pods`;
  return min === 1 ? "1 pod" : `${min} pods`;
}

/** `shop.example.com/cart`. */
export function routeText({ host, path }: Pick<Route, "host" | "path">): string {
  return `${host === "*" ? "every host" : host}${path === "/" && host !== "*" ? "" : ` ${path}`}`.replace(" /", "/");
}

/** A destination in lines: namespace and Service, share, encryption. */
export function destinationLines(
  { service, namespace, port, weight }: Destination,
  of: TrafficNamespace,
): readonly string[] {
  return [
    `${namespace} / ${service}:${port}`,
    ...(weight === undefined ? [] : [`${weight} % of requests`]),
    encryptionText(of),
  ];
}

/** How requests from a gateway reach the pods of a namespace. */
export function encryptionText({ waypoint, ingressWaypoint, ...namespace }: TrafficNamespace): string {
  if (waypoint === undefined) return protectionText(namespace);
  return protectionText(namespace, ingressWaypoint ? `through waypoint ${waypoint}` : `past waypoint ${waypoint}`);
}

/** How pods of a namespace take requests, whoever sends them. */
export function protectionText(
  { dataplane, mtls }: Pick<TrafficNamespace, "dataplane" | "mtls">,
  ...more: readonly string[]
): string {
  if (dataplane === undefined) return "plaintext: not in the mesh";
  return `${mtls === "DISABLE" ? "plaintext: mTLS DISABLE" : `mTLS ${mtls}`} (${[dataplane, ...more].join(", ")})`;
}
