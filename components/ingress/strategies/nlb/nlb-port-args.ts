import type { z } from "zod";
import { choice } from "../../../inputs/choice";
import { field } from "../../../inputs/form";
import { wholeNumber } from "../../../inputs/number";
import { pathText } from "../../../inputs/path";
import { problemIf, problemWith } from "../../../inputs/problem";
import { shape } from "../../../inputs/shape";
import type { NlbPortSettings, TlsSettings } from "../../../plan/ingress-settings";
import type { Problem } from "../../../plan/problem";
import { NlbListenerProtocol } from "../../../plan/enums";

/**
 * A further listener of an NLB, for a protocol that is not HTTP: Kafka, a database.
 *
 * @remarks The load balancer, its security group and the NetworkPolicy of the gateway open the port. The gateway serves it
 * when an Istio `Gateway` of yours selects the gateway's pods and has a server with this `port`.
 */
export interface NlbPortArgs {
  /**
   * Port on which clients reach the load balancer: 1 to 65535, except 80, 443 and 15021.
   *
   * @example `9094`
   */
  port: number;
  /**
   * Port of the gateway's pods, one that no other listener leads to. 15000 to 15099 are Istio's own.
   * Source: https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
   *
   * @defaultValue the value of `port`
   * @example `19094`
   */
  targetPort?: number;
  /**
   * `TCP`: connections are passed through as they are. `TLS`: the load balancer ends TLS with the ingress' certificate, which
   * `tls` must name.
   *
   * @example `"TLS"`
   */
  protocol: NlbListenerProtocol;
}

export const nlbPortShape = shape({
  port: field(wholeNumber(1, 65535)),
  targetPort: field(wholeNumber(1, 65535)).optional(),
  protocol: field(choice(NlbListenerProtocol)),
} satisfies Record<keyof NlbPortArgs, z.ZodType>);

/** Ports of the listeners that every NLB has, and of the health check. */
const taken = [80, 443, 15021];

export function resolveNlbPorts(ports: Readonly<Record<string, Partial<NlbPortArgs>>>): readonly NlbPortSettings[] {
  return Object.entries(ports).flatMap(([name, { port, targetPort, protocol }]) =>
    port === undefined
      ? []
      : [{ name, port, targetPort: targetPort ?? port, protocol: protocol ?? NlbListenerProtocol.Tcp }],
  );
}

/** What the ports' rules must know of the ingress around them. */
export interface NlbPortContext {
  /** Path of the ingress. */
  readonly path: string;
  readonly tls: TlsSettings;
}

/** Checks the names and numbers of further listeners against each other and against those that every NLB has. */
export function checkNlbPorts(ports: readonly NlbPortSettings[], { path, tls }: NlbPortContext): readonly Problem[] {
  return ports.flatMap(({ name, port, targetPort, protocol }, index) => {
    const here = `${path}.nlb.${pathText(["ports", name])}`;
    const earlier = ports.slice(0, index);
    const same = earlier.find((other) => other.port === port);
    const sameTarget = earlier.find((other) => other.targetPort === targetPort);
    // A target port that follows from a wrong port is not a problem of its own.
    const follows = targetPort === port && (taken.includes(port) || same !== undefined);
    return [
      ...problemIf(taken.includes(port), `${here}.port`, {
        given: port,
        allowed: "ports other than 80, 443 and 15021, which every NLB uses itself",
        suggestion: "use another port; for HTTP and HTTPS use hostnames and tls",
      }),
      ...problemWith(same, `${here}.port`, (other) => ({
        given: port,
        allowed: `a port of its own: "${other.name}" has this one`,
        suggestion: "use another port",
      })),
      ...(follows ? [] : checkTarget(targetPort, sameTarget, `${here}.targetPort`)),
      ...problemIf(protocol === NlbListenerProtocol.Tls && tls.certificate === undefined, `${here}.protocol`, {
        given: protocol,
        allowed: '"TLS" only with a certificate for the load balancer; else "TCP", which passes TLS through',
        suggestion: "add tls with certificateArn, certificateDomain or requestCertificate",
      }),
    ];
  });
}

/** A port that two listeners lead to is one rule of the security group, which AWS refuses the second time. */
function checkTarget(targetPort: number, other: NlbPortSettings | undefined, path: string): readonly Problem[] {
  return [
    ...problemIf(targetPort >= 15000 && targetPort <= 15099, path, {
      given: targetPort,
      allowed: "ports other than 15000 to 15099, which Istio's proxies use themselves",
      suggestion: "use another targetPort",
    }),
    ...problemIf(targetPort === 80 || targetPort === 443, path, {
      given: targetPort,
      allowed: `a port of its own: the listener on ${targetPort} leads to this one`,
      suggestion: "use another targetPort",
    }),
    ...problemWith(other, path, ({ name }) => ({
      given: targetPort,
      allowed: `a port of its own: "${name}" leads to this one`,
      suggestion: "use another targetPort",
    })),
  ];
}
