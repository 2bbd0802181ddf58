import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsFault } from "../answer";
import type { Members } from "../model/request";
import { type Ruled, listOf, refuse, textOf } from "./rule";

const applicationProtocols = ["HTTP", "HTTPS"];
const networkProtocols = ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];

/** A listener's protocol fits its load balancer and its target group, and a secure one has a certificate. */
export async function listenerRefusal(ruled: Ruled): Promise<AwsFault | undefined> {
  const { parameters } = ruled;
  const protocol = textOf(parameters, "Protocol");
  return (
    certificateCount(ruled, protocol) ??
    (await protocolRefusal(ruled, protocol)) ??
    (await certificateRefusal(ruled)) ??
    alpnRefusal(parameters, protocol)
  );
}

function certificateCount({ parameters, operation }: Ruled, protocol: string | undefined): AwsFault | undefined {
  const certificates = listOf(parameters, "Certificates");
  const isSecure = protocol === "HTTPS" || protocol === "TLS";
  if (operation === "CreateListener" && isSecure && certificates.length === 0) {
    return refuse("ValidationError", `A certificate must be specified for ${protocol} listeners`);
  }
  if (certificates.length > 1) return refuse("ValidationError", "You must provide exactly one certificate");
  return protocol !== undefined && !isSecure && certificates.length > 0
    ? refuse("ValidationError", `A certificate cannot be specified for ${protocol} listeners`)
    : undefined;
}

async function protocolRefusal({ parameters, moto }: Ruled, protocol: string | undefined) {
  if (protocol === undefined) return undefined;
  const arn = textOf(parameters, "LoadBalancerArn") ?? (await balancerOf(parameters, moto));
  const { LoadBalancers: all = [] } = await moto.elb.send(new DescribeLoadBalancersCommand({}));
  const type = all.find(({ LoadBalancerArn }) => LoadBalancerArn === arn)?.Type;
  const fitting = type === "network" ? networkProtocols : applicationProtocols;
  if (type !== undefined && !fitting.includes(protocol)) {
    return refuse("ValidationError", `Protocol '${protocol}' is not supported for listeners of this load balancer`);
  }
  const groups = listOf<Members>(parameters, "DefaultActions").flatMap(targetGroupsOf);
  const { TargetGroups: there = [] } = await moto.elb.send(new DescribeTargetGroupsCommand({}));
  for (const group of groups) {
    const found = there.find(({ TargetGroupArn }) => TargetGroupArn === group);
    if (found === undefined) return refuse("TargetGroupNotFound", `Target groups '${group}' not found`);
    if (type !== undefined && !fitting.includes(String(found.Protocol))) {
      return refuse(
        "InvalidConfigurationRequest",
        `Listener protocol '${protocol}' is not compatible with target group protocol '${String(found.Protocol)}'`,
      );
    }
  }
  return undefined;
}

async function balancerOf(parameters: Members, { elb }: Ruled["moto"]): Promise<string | undefined> {
  const arn = textOf(parameters, "ListenerArn");
  if (arn === undefined) return undefined;
  const { Listeners: [listener] = [] } = await elb.send(new DescribeListenersCommand({ ListenerArns: [arn] }));
  return listener?.LoadBalancerArn;
}

function targetGroupsOf(action: Members): readonly string[] {
  const { TargetGroups: weighted = [] } = (action["ForwardConfig"] ?? {}) as { readonly TargetGroups?: Members[] };
  const all = [textOf(action, "TargetGroupArn"), ...weighted.map((one) => textOf(one, "TargetGroupArn"))];
  return all.filter((arn) => arn !== undefined);
}

/** A listener takes only a certificate of ACM that has been issued. */
async function certificateRefusal({ parameters, moto: { acm } }: Ruled): Promise<AwsFault | undefined> {
  for (const one of listOf<Members>(parameters, "Certificates")) {
    const arn = textOf(one, "CertificateArn") ?? "";
    if (!arn.includes(":acm:")) continue;
    const found = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn })).catch(() => undefined);
    if (found?.Certificate === undefined) return refuse("CertificateNotFound", `Certificate '${arn}' not found`);
    if (found.Certificate.Status !== "ISSUED") {
      return refuse(
        "UnsupportedCertificate",
        `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
      );
    }
  }
  return undefined;
}

function alpnRefusal(parameters: Members, protocol: string | undefined): AwsFault | undefined {
  return listOf(parameters, "AlpnPolicy").length > 0 && protocol !== undefined && protocol !== "TLS"
    ? refuse("ValidationError", `ALPN policies are supported for TLS listeners only, not for '${protocol}'`)
    : undefined;
}
