import { regionOfArn } from "../inputs/aws/aws-id";
import { closestRegion, isKnownRegion, regionPattern } from "../inputs/aws/aws-region";
import { pathText } from "../inputs/path";
import { problem, problemIf } from "../inputs/problem";
import { blockOf, strategyOf } from "../ingress/strategies/strategy-args";
import type { TlsArgs } from "../ingress/certificates/tls-args";
import type { IngressArgs } from "../ingress/ingress-args";
import type { IstioMeshArgs } from "../istio-mesh-args";
import type { Problem } from "../plan/problem";

/**
 * A load balancer takes certificates and web ACLs of its own region only, and AWS Private CA issues certificates in its own.
 * The region of the stack is where the component
 * makes everything; undefined: it is known only during `up`.
 */
export function checkRegions(args: IstioMeshArgs, region: string | undefined): readonly Problem[] {
  if (region === undefined) return [];
  if (!regionPattern.test(region)) return [malformed(region)];
  const { ingress, additionalIngresses = {}, security } = args;
  return [
    ...elsewhere(security?.certificateAuthority?.privateCaArn, "security.certificateAuthority.privateCaArn", {
      region,
      what: "a certificate authority",
      where: "where istiod's certificate is issued",
      suggestion: `create the authority in ${region}`,
    }),
    ...(ingress === undefined ? [] : checkIngress(ingress, ["ingress"], region)),
    ...Object.entries(additionalIngresses).flatMap(([name, one]) =>
      checkIngress(one, ["additionalIngresses", name], region),
    ),
  ];
}

/** Tells of a region that AWS may have added since, or that does not exist. */
export function warnOfRegion(region: string | undefined): readonly string[] {
  if (region === undefined || !regionPattern.test(region) || isKnownRegion(region)) return [];
  const near = closestRegion(region);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  return [`aws:region: ${region} is no region that istio-eks knows.${meant} It is used as written.`];
}

function malformed(region: string): Problem {
  const near = closestRegion(region);
  return problem("aws:region", {
    given: region,
    allowed: "an AWS region, such as eu-central-1",
    suggestion: near === undefined ? "write the region of the cluster" : `did you mean "${near}"?`,
  });
}

function checkIngress(args: IngressArgs, path: readonly string[], region: string): readonly Problem[] {
  const { tls, strategy } = args;
  const { certificateArn, certificateArns = [] }: TlsArgs = tls === undefined ? {} : tls;
  const certificates = [
    { arn: certificateArn, at: ["tls", "certificateArn"] },
    ...certificateArns.map((arn, index) => ({ arn, at: ["tls", "certificateArns", index] })),
  ];
  return [
    ...certificates.flatMap(({ arn, at }) =>
      elsewhere(arn, pathText([...path, ...at]), {
        region,
        what: "a certificate",
        suggestion: `request or import the certificate in ${region}`,
      }),
    ),
    ...strategyOf(args)
      .regionalArns(blockOf(args))
      .flatMap(({ member, arn, what, suggestion }) =>
        elsewhere(arn, pathText([...path, strategy, member]), { region, what, suggestion: suggestion(region) }),
      ),
  ];
}

interface Expected {
  readonly region: string;
  readonly what: string;
  /** What is in this region; by default the load balancer. */
  readonly where?: string;
  readonly suggestion: string;
}

const loadBalancer = "where the load balancer is";

function elsewhere(
  arn: unknown,
  path: string,
  { region, what, where = loadBalancer, suggestion }: Expected,
): readonly Problem[] {
  if (typeof arn !== "string") return [];
  const found = regionOfArn(arn);
  return problemIf(found !== region, path, {
    given: arn,
    allowed: `${what} in ${region}, the region of the stack (aws:region), ${where}`,
    suggestion: `${suggestion}, or set aws:region to ${found} if the cluster is there`,
  });
}
