import { logicalNames } from "../logical-names";
import type { CertificatePlan } from "../plan/certificate";
import type { Leaf } from "../plan/leaf";

/** Plans a certificate for these names, proven by records in the zone. A wildcard and its parent share one record. */
export function planCertificate(
  ingress: string,
  domains: readonly string[],
  { zoneId, tags }: { readonly zoneId: Leaf; readonly tags: Readonly<Record<string, Leaf>> },
): CertificatePlan {
  const proven = [...new Set(domains.map((domain) => domain.replace(/^\*\./, "")))];
  return {
    name: logicalNames.certificate(ingress),
    after: [],
    ingress,
    domains,
    zoneId,
    validationRecords: Object.fromEntries(
      proven.map((domain) => [domain, logicalNames.validationRecord(ingress, domain)]),
    ),
    issuedName: logicalNames.issuedCertificate(ingress),
    tags,
  };
}
