import type { GatewayServer, Listener, TargetPort, TargetRoute } from "../../plan/ingress";
import type { IngressSettings } from "../../plan/ingress-settings";
import { type NlbSettings } from "../../plan/ingress-settings";
import { NlbTargetType } from "../../plan/words";

/** The port on which the gateway says that it is ready; open from its start, unlike the traffic ports. */
export const statusPort: TargetPort = { name: "status-port", port: 15021 };

/** An NLB always listens on both ports; what it does not end itself it passes through. */
export function planNlbListeners(): readonly Listener[] {
  return [
    { name: "http", port: 80 },
    { name: "https", port: 443 },
  ];
}

/** Each listener leads to the gateway's port of the same number, so that the gateway can tell the two apart. */
export function planNlbTargetPorts(): readonly TargetPort[] {
  return [{ name: "http2", port: 80 }, { name: "https", port: 443 }, statusPort];
}

export function planNlbTargetRoute({ targetType }: NlbSettings): TargetRoute {
  return targetType === NlbTargetType.Ip ? "pods" : "node-ports";
}

/**
 * What the gateway must serve behind an NLB.
 *
 * Where the NLB ends TLS, port 443 of the gateway gets plain HTTP, and port 80 is free to redirect. Where nobody ends
 * TLS, the gateway is not told to serve 443: a listener of ours would take the port from the user's own Gateway.
 */
export function planNlbServers({ hostnames, tls }: IngressSettings): readonly GatewayServer[] {
  const http: GatewayServer = {
    name: "http",
    port: 80,
    protocol: "HTTP",
    hosts: hostnames,
    redirect: tls.redirectHttp,
    secretName: undefined,
  };
  if (tls.certificate === undefined && tls.secretName === undefined) return [http];
  const protocol = tls.secretName === undefined ? "HTTP" : "HTTPS";
  return [http, { ...http, name: "https", port: 443, protocol, redirect: false, secretName: tls.secretName }];
}
