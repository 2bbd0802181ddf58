import { getCertificateAuthorityOutput } from "@pulumi/aws/acmpca/getCertificateAuthority";
import * as pulumi from "@pulumi/pulumi";
import type { InputValue } from "../plan/input-value";
import type { PrivateCaQuestion, PrivateCaCheckResult } from "../plan/private-ca";
import { reportIfSlow } from "./slow-answers";

/**
 * Looks up an AWS Private CA, and checks that it can sign a certificate authority; the name of its signing algorithm.
 * Everything that AWS Private CA issues waits for this.
 */
export function lookUpPrivateCa({ arn, check }: PrivateCaQuestion, options: pulumi.InvokeOptions): InputValue {
  const answer = getCertificateAuthorityOutput({ arn }, options);
  const found = reportIfSlow(answer, { what: "the private certificate authority", question: arn, options });
  return found.apply((authority) => accept(check(authority), options.parent));
}

function accept(
  { problem, warnings, signingAlgorithm }: PrivateCaCheckResult,
  parent: pulumi.Resource | undefined,
): string {
  if (problem !== undefined) throw new pulumi.RunError(`istio-eks: ${problem}`);
  for (const warning of warnings) void pulumi.log.warn(warning, parent);
  return signingAlgorithm;
}
