import type { GatewayServer, Listener, TargetPort, TargetRoute } from "../../../plan/ingress";
import type { IngressSettings } from "../../../plan/ingress-settings";
import { type NlbSettings } from "../../../plan/ingress-settings";
import { NlbListenerProtocol, NlbTargetType } from "../../../plan/enums";

/** The port on which the gateway reports that it is ready; open from its start, unlike the traffic ports. */
export const statusPort: TargetPort = { name: "status-port", port: 15021 };

/** An NLB always listens on 80 and 443; what it does not end itself it passes through. */
export function planNlbListeners(_: Pick<IngressSettings, "tls">, { ports }: NlbSettings): readonly Listener[] {
  return [{ name: "http", port: 80 }, { name: "https", port: 443 }, ...ports.map(withRuleName)];
}

/** A rule is named by the port that it opens: AWS refuses it a second time under another name of the listener. */
function withRuleName({ name, port }: Listener) {
  return { name, port, ruleName: `port-${port}` };
}

/** Each listener leads to a port of its own in the gateway's pods, so that the gateway can tell them apart. */
export function planNlbTargetPorts({ ports, targetType }: NlbSettings): readonly TargetPort[] {
  const further = ports.map(({ name, port, targetPort }) => ({
    ...withRuleName({ name, port: targetType === NlbTargetType.Ip ? targetPort : port }),
    port: targetPort,
  }));
  return [{ name: "http2", port: 80 }, { name: "https", port: 443 }, statusPort, ...further];
}

/** Listeners on which the NLB ends TLS: without a certificate none. */
function tlsListeners({ tls }: Pick<IngressSettings, "tls">, { ports }: NlbSettings) {
  if (tls.certificate === undefined) return [];
  return [{ port: 443, targetPort: 443 }, ...ports.filter(({ protocol }) => protocol === NlbListenerProtocol.Tls)];
}

export function planNlbTlsPorts(ingress: Pick<IngressSettings, "tls">, nlb: NlbSettings): readonly number[] {
  return tlsListeners(ingress, nlb).map(({ port }) => port);
}

export function planNlbDecryptedPorts(ingress: IngressSettings, nlb: NlbSettings): readonly number[] {
  return tlsListeners(ingress, nlb).map(({ targetPort }) => targetPort);
}

/**
 * The ports of the Service, each of which is a public listener. The status port is one only where it must be: with
 * instance targets the health check needs its node port (the security group keeps clients out).
 */
export function planNlbServicePorts({ ports, targetType }: NlbSettings) {
  const own = [
    { name: "http2", port: 80 },
    { name: "https", port: 443 },
    ...(targetType === NlbTargetType.Instance ? [statusPort] : []),
  ];
  return [
    ...own.map(({ name, port }) => ({ name, port, targetPort: port, protocol: "TCP" })),
    ...ports.map(({ name, port, targetPort }) => ({ name, port, targetPort, protocol: "TCP" })),
  ];
}

/** The listeners as annotations name them: each port of the Service is one, with the protocol that clients use. */
export function nlbListenerNames(ingress: Pick<IngressSettings, "tls">, nlb: NlbSettings): readonly string[] {
  const encrypted = planNlbTlsPorts(ingress, nlb);
  return planNlbServicePorts(nlb).map(({ port }) => `${encrypted.includes(port) ? "TLS" : "TCP"}-${port}`);
}

export function planNlbTargetRoute({ targetType }: NlbSettings): TargetRoute {
  return targetType === NlbTargetType.Ip ? "pods" : "node-ports";
}

/**
 * What the gateway must serve behind an NLB.
 *
 * Where the NLB ends TLS, port 443 of the gateway gets plain HTTP, and port 80 is free to redirect. Where nobody ends
 * TLS, the gateway gets no server for 443: a listener of ours would take the port from the user's own Gateway.
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
