import { logicalNames } from "../../logical-names";
import type { CertificatePlan } from "../../plan/certificate";
import type { InputValue } from "../../plan/input-value";

/** Where a certificate is validated. */
export interface CertificateContext {
  readonly zoneId: InputValue;
  /** Logical name of the provider that may write there; undefined: the default one. */
  readonly zoneProvider?: string | undefined;
  readonly tags: Readonly<Record<string, InputValue>>;
}

/**
 * Plans a certificate for these names, validated by records in the zone. A wildcard and its parent share one record, and so
 * do all certificates of a name: ACM wants one and the same of all, so that it belongs to the name and to no ingress.
 */
export function planCertificate(
  ingress: string,
  domains: readonly string[],
  { zoneId, zoneProvider, tags }: CertificateContext,
): CertificatePlan {
  const validated = [...new Set(domains.map((domain) => domain.replace(/^\*\./, "")))];
  return {
    name: logicalNames.certificate(ingress),
    after: [],
    ingress,
    domains,
    zoneId,
    zoneProvider,
    validationRecords: Object.fromEntries(validated.map((domain) => [domain, logicalNames.validationRecord(domain)])),
    issuedName: logicalNames.issuedCertificate(ingress),
    tags,
  };
}
