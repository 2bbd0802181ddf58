import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingV2Client,
  DescribeListenerCertificatesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsFault } from "../answer";
import { type Ruled, type Rules, listOf, refuse, textOf } from "./rule";
import { type Tag, tagRefusal } from "./tags";

const tagCodes = {
  tooMany: "TooManyTagsException",
  duplicate: "InvalidTagException",
  invalid: "InvalidTagException",
} as const;

/** Characters of a certificate's first name, which is its common name (RFC 5280). */
const commonName = 64;

/** Names of one certificate, unless AWS has raised the quota. */
const namesQuota = 10;

export const acmRules: Rules = {
  RequestCertificate: [names, tags],
  AddTagsToCertificate: [tags],
  DeleteCertificate: [certificateInUse],
};

function names({ parameters }: Ruled): AwsFault | undefined {
  const first = textOf(parameters, "DomainName") ?? "";
  if (first.length > commonName) {
    return refuse(
      "ValidationException",
      `The first domain name can be no longer than ${commonName} characters: ${first} has ${first.length}.`,
    );
  }
  const all = new Set([first, ...listOf(parameters, "SubjectAlternativeNames")].map((name) => name.toLowerCase()));
  return all.size <= namesQuota
    ? undefined
    : refuse(
        "LimitExceededException",
        `Error: you have reached your quota of ${namesQuota} domain names in one certificate: ${all.size} are given.`,
      );
}

function tags({ parameters }: Ruled): AwsFault | undefined {
  return tagRefusal(listOf<Tag>(parameters, "Tags"), tagCodes);
}

async function certificateInUse({ parameters, moto: { elb } }: Ruled): Promise<AwsFault | undefined> {
  const arn = textOf(parameters, "CertificateArn") ?? "";
  const { LoadBalancers: balancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  for (const { LoadBalancerArn } of balancers) {
    const { Listeners: listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    // moto goes on to list the certificate of a listener that has become a plain one.
    const secure = listeners.filter(({ Protocol }) => Protocol === "TLS" || Protocol === "HTTPS");
    for (const { ListenerArn, Certificates: own = [] } of secure) {
      const all = [...own.map(({ CertificateArn }) => CertificateArn), ...(await added(elb, ListenerArn))];
      if (all.includes(arn)) return refuse("ResourceInUseException", `Certificate ${arn} is in use.`);
    }
  }
  return undefined;
}

/** Certificates by SNI. */
async function added(elb: ElasticLoadBalancingV2Client, ListenerArn: string | undefined) {
  const { Certificates: all = [] } = await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }));
  return all.map(({ CertificateArn }) => CertificateArn);
}
