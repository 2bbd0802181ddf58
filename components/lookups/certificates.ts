import { getCertificateOutput } from "@pulumi/aws/acm/getCertificate";
import type * as pulumi from "@pulumi/pulumi";
import type { LookupPlan } from "../plan/facts";
import type { InputValue } from "../plan/input-value";
import { reportIfSlow } from "./slow-answers";

/** Without this list ACM leaves out some kinds: an EC or RSA-4096 certificate would be "not found". */
const keyTypes = [
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
] as const;

/** Asks ACM for the newest issued certificate of each primary domain. */
export function lookUpCertificates(
  { certificates }: LookupPlan,
  options: pulumi.InvokeOptions,
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(
    Object.entries(certificates).map(([ingress, domain]) => {
      const question = { domain, statuses: ["ISSUED"], mostRecent: true, keyTypes: [...keyTypes] };
      const answer = getCertificateOutput(question, options);
      return [ingress, reportIfSlow(answer, { what: `the certificate of ${domain}`, question: domain, options }).arn];
    }),
  );
}
