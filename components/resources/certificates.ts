import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import * as pulumi from "@pulumi/pulumi";
import type { CertificatePlan } from "../plan/certificate";
import type { InputValue } from "../plan/input-value";
import type { ResourceRegistry } from "./resource-registry";

/** Requests the certificates, validates them, and waits until they are issued; their ARNs by ingress. */
export function makeCertificates(
  registry: ResourceRegistry,
  plans: readonly CertificatePlan[],
): Readonly<Record<string, InputValue>> {
  const validationRecords: ValidationRecords = new Map();
  return Object.fromEntries(plans.map((plan) => [plan.ingress, makeCertificate(registry, plan, validationRecords)]));
}

/** The records made so far, by logical name: certificates of the same name share theirs. */
type ValidationRecords = Map<string, DnsRecord>;

function makeCertificate(
  registry: ResourceRegistry,
  plan: CertificatePlan,
  validationRecords: ValidationRecords,
): InputValue {
  const [domainName, ...others] = plan.domains;
  const certificate = new Certificate(
    registry.nameOf(plan.name),
    {
      ...(domainName === undefined ? {} : { domainName }),
      ...(others.length === 0 ? {} : { subjectAlternativeNames: others }),
      validationMethod: "DNS",
      tags: { ...plan.tags },
    },
    registry.options(plan),
  );
  registry.add(plan.name, certificate);
  const records = Object.entries(plan.validationRecords).map(([domain, name]) => {
    const shared = validationRecords.get(name);
    if (shared !== undefined) return shared;
    const validationRecord = makeValidationRecord(registry, certificate, { plan, domain, name });
    validationRecords.set(name, validationRecord);
    return validationRecord;
  });
  const issued = new CertificateValidation(
    registry.nameOf(plan.issuedName),
    { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
    registry.options(plan),
  );
  return registry.add(plan.issuedName, issued).certificateArn;
}

type DomainValidationOption = pulumi.Unwrap<Certificate["domainValidationOptions"]>[number];

interface Validation {
  readonly plan: CertificatePlan;
  readonly domain: string;
  readonly name: string;
}

function makeValidationRecord(
  registry: ResourceRegistry,
  certificate: Certificate,
  { plan, domain, name }: Validation,
): DnsRecord {
  const option = certificate.domainValidationOptions.apply((options: readonly DomainValidationOption[] | undefined) => {
    const found = options?.find(({ domainName }) => domainName === domain || domainName === `*.${domain}`);
    if (found === undefined) void pulumi.log.warn(`ACM asks for no validation record of ${domain}`, certificate);
    return found;
  }) as pulumi.Output<DomainValidationOption>;
  const record = new DnsRecord(
    registry.nameOf(name),
    {
      zoneId: plan.zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: 300,
      // The validation record of a name is the same for every certificate of this account, so that another one may have made it.
      allowOverwrite: true,
    },
    registry.options(plan.zoneProvider === undefined ? plan : { ...plan, provider: plan.zoneProvider }),
  );
  return registry.add(name, record);
}
