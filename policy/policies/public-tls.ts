import type { ResourceValidationPolicy } from "@pulumi/policy";
import { hasMember, objectName, textAt } from "./members";
import { type Violation, violationText } from "./violation";

export interface PublicTlsConfig {
  readonly tlsPolicies: string;
  readonly tlsInGateway: readonly string[];
}

/** Where a kind of object says how its load balancer speaks TLS. */
interface Annotations {
  readonly kind: string;
  readonly scheme: readonly string[];
  readonly certificate: string;
  readonly policy: string;
  /** Checks what is particular to the kind. */
  readonly rest: (props: unknown) => Violation | undefined;
}

const service = "service.beta.kubernetes.io/aws-load-balancer-";
const ingress = "alb.ingress.kubernetes.io/";
const annotation = (props: unknown, name: string) => textAt(props, ["metadata", "annotations", name]);

const annotationsOf: Readonly<Record<string, Annotations>> = {
  "kubernetes:core/v1:Service": {
    kind: "Service",
    scheme: [`${service}scheme`],
    certificate: `${service}ssl-cert`,
    policy: `${service}ssl-negotiation-policy`,
    rest: (props) => withoutTls(props, annotation(props, `${service}ssl-ports`)),
  },
  "kubernetes:networking.k8s.io/v1:Ingress": {
    kind: "Ingress",
    scheme: [`${ingress}scheme`],
    certificate: `${ingress}certificate-arn`,
    policy: `${ingress}ssl-policy`,
    rest: plainHttp,
  },
};

/** With a certificate and no list of ports every listener of an NLB speaks TLS; with one, 443 must be in it. */
function withoutTls(props: unknown, ports: string): Violation | undefined {
  const spoken = ports.split(",").map((port) => port.trim());
  if (ports === "" || ports === "*" || spoken.includes("443") || spoken.includes("https")) return undefined;
  return {
    what: `The public Service ${objectName(props)} has a certificate, but speaks TLS on ${ports} only.`,
    allowed: "TLS on 443",
    suggestion: `add 443 to ${service}ssl-ports, or remove the annotation`,
  };
}

function plainHttp(props: unknown): Violation | undefined {
  const http = annotation(props, `${ingress}listen-ports`).includes('"HTTP"');
  if (!http || annotation(props, `${ingress}ssl-redirect`) !== "") return undefined;
  return {
    what: `The public Ingress ${objectName(props)} answers in plain HTTP.`,
    allowed: "HTTPS, and HTTP that redirects to it",
    suggestion: "remove tls.redirectHttp: false",
  };
}

/** Checks a Service or an Ingress; `undefined`: it is not a public load balancer, or a valid one. */
export function publicWithoutTls(type: string, props: unknown, config: PublicTlsConfig): Violation | undefined {
  const known = annotationsOf[type];
  if (known === undefined || !known.scheme.some((name) => annotation(props, name) === "internet-facing")) {
    return undefined;
  }
  const name = objectName(props);
  if (known.kind === "Service" && config.tlsInGateway.includes(name)) return undefined;
  if (!hasMember(props, ["metadata", "annotations", known.certificate])) {
    return {
      what: `The public ${known.kind} ${name} has no certificate.`,
      allowed: `a certificate of ACM in ${known.certificate}`,
      suggestion: `set tls of the ingress${known.kind === "Service" ? `; if TLS ends in the gateway, add "${name}" to tlsInGateway of this policy` : ""}`,
    };
  }
  const policy = annotation(props, known.policy);
  if (new RegExp(config.tlsPolicies).test(policy)) return known.rest(props);
  return {
    what: `The public ${known.kind} ${name} has ${policy === "" ? "no TLS policy" : `the TLS policy "${policy}"`}.`,
    allowed: `policies that match ${config.tlsPolicies}`,
    suggestion: "set tls.policy of the ingress, or leave it out for the default",
  };
}

export const publicTls: ResourceValidationPolicy = {
  name: "istio-public-ingress-tls",
  description: "Every public load balancer has a certificate and a TLS policy that is allowed.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Set tls of the ingress.",
  configSchema: {
    properties: {
      tlsPolicies: {
        type: "string",
        default: "^ELBSecurityPolicy-TLS13-1-[23]-",
        description: "Regular expression that TLS policies match. The default: TLS 1.2 and newer only.",
      },
      tlsInGateway: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Services, as namespace/name, whose NLB passes TLS through to a gateway that ends it.",
      },
    },
  },
  validateResource: (resource, report) => {
    const { type, props } = resource;
    const violation = publicWithoutTls(type, props, resource.getConfig<PublicTlsConfig>());
    if (violation !== undefined) report(violationText(violation));
  },
};
