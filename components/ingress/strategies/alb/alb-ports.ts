import type { GatewayServer, Listener, TargetPort } from "../../../plan/ingress";
import type { AlbSettings, IngressSettings } from "../../../plan/ingress-settings";
import { AlbBackendProtocol } from "../../../plan/enums";

/** The port on which the gateway reports that it is ready. */
export const statusPort: TargetPort = { name: "status-port", port: 15021 };

/** HTTPS only where there is a certificate for it. */
export function planAlbListeners({ tls }: Pick<IngressSettings, "tls">): readonly Listener[] {
  const http: Listener = { name: "http", port: 80 };
  return tls.certificate === undefined ? [http] : [http, { name: "https", port: 443 }];
}

/** The listeners as annotations name them. */
export function albListenerNames(ingress: Pick<IngressSettings, "tls">): readonly string[] {
  return planAlbListeners(ingress).map(({ name, port }) => `${name.toUpperCase()}-${port}`);
}

/** The gateway's port that takes the traffic. */
export function trafficPort({ backendProtocol }: AlbSettings): TargetPort {
  return backendProtocol === AlbBackendProtocol.Https ? { name: "https", port: 443 } : { name: "http2", port: 80 };
}

export function planAlbTargetPorts(alb: AlbSettings): readonly TargetPort[] {
  return [trafficPort(alb), statusPort];
}

/**
 * What the gateway must serve behind an ALB, which redirects by itself.
 *
 * With TLS to the gateway it must answer every host: the ALB sends no server name by which to choose one.
 */
export function planAlbServers({ hostnames, tls }: IngressSettings, alb: AlbSettings): readonly GatewayServer[] {
  const https = alb.backendProtocol === AlbBackendProtocol.Https;
  return [
    {
      name: https ? "https" : "http",
      port: trafficPort(alb).port,
      protocol: alb.backendProtocol,
      hosts: https ? [] : hostnames,
      redirect: false,
      secretName: https ? tls.secretName : undefined,
    },
  ];
}
