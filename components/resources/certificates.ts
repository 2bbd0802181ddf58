import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import type { CertificatePlan } from "../plan/certificate";
import type { Leaf } from "../plan/leaf";
import type { Made } from "./made";

/** Requests the certificates, proves them, and waits until they are issued; their ARNs by ingress. */
export function makeCertificates(made: Made, plans: readonly CertificatePlan[]): Readonly<Record<string, Leaf>> {
  const proofs: Proofs = new Map();
  return Object.fromEntries(plans.map((plan) => [plan.ingress, makeCertificate(made, plan, proofs)]));
}

/** The records made so far, by logical name: certificates of the same name share theirs. */
type Proofs = Map<string, DnsRecord>;

function makeCertificate(made: Made, plan: CertificatePlan, proofs: Proofs): Leaf {
  const [domainName, ...others] = plan.domains;
  const certificate = new Certificate(
    made.nameOf(plan.name),
    {
      ...(domainName === undefined ? {} : { domainName }),
      ...(others.length === 0 ? {} : { subjectAlternativeNames: others }),
      validationMethod: "DNS",
      tags: { ...plan.tags },
    },
    made.options(plan),
  );
  made.add(plan.name, certificate);
  const records = Object.entries(plan.validationRecords).map(([domain, name]) => {
    const shared = proofs.get(name);
    if (shared !== undefined) return shared;
    const proof = makeProof(made, certificate, { plan, domain, name });
    proofs.set(name, proof);
    return proof;
  });
  const issued = new CertificateValidation(
    made.nameOf(plan.issuedName),
    { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
    made.options(plan),
  );
  return made.add(plan.issuedName, issued).certificateArn;
}

interface Proof {
  readonly plan: CertificatePlan;
  readonly domain: string;
  readonly name: string;
}

function makeProof(made: Made, certificate: Certificate, { plan, domain, name }: Proof): DnsRecord {
  const option = certificate.domainValidationOptions.apply((options) => {
    const found = options.find(({ domainName }) => domainName === domain || domainName === `*.${domain}`);
    if (found === undefined) throw new Error(`istio-eks: ACM asks for no proof of ${domain}`);
    return found;
  });
  const record = new DnsRecord(
    made.nameOf(name),
    {
      zoneId: plan.zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: 300,
      // The proof of a name is the same for every certificate of this account, so that another one may have made it.
      allowOverwrite: true,
    },
    made.options(plan.zoneProvider === undefined ? plan : { ...plan, provider: plan.zoneProvider }),
  );
  return made.add(name, record);
}
