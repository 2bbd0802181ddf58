import type { Interpolation, InputValue } from "./input-value";
import type { Planned } from "./planned";

/** A question about an AWS Private CA, and the check of the answer. */
export interface PrivateCaQuestion {
  readonly arn: InputValue;
  readonly check: (answer: PrivateCaAnswer) => PrivateCaCheckResult;
}

/** What AWS reports of a certificate authority. The mocks of a unit test may leave out any of it. */
export interface PrivateCaAnswer {
  readonly status?: string | undefined;
  readonly usageMode?: string | undefined;
  /** The certificate of the authority, in PEM format. */
  readonly certificate?: string | undefined;
  /** The certificates above it; empty for a root. */
  readonly certificateChain?: string | undefined;
}

export interface PrivateCaCheckResult {
  /** Why the authority cannot sign the certificate; undefined: it can. */
  readonly problem: string | undefined;
  readonly warnings: readonly string[];
  /** AWS' name of the algorithm that fits the key of the authority. */
  readonly signingAlgorithm: string;
}

/** A private key, a certificate signing request, and the certificate that AWS Private CA issues for it. */
export interface PrivateCaCertificatePlan {
  readonly key: PrivateKeyPlan;
  readonly request: CertificateRequestPlan;
  readonly certificate: IssuedCertificatePlan;
  /** Root certificates that the mesh trusts besides; empty: none. */
  readonly root: InputValue;
  /** Separates the chain that AWS returns into intermediate and root certificates. */
  readonly separate: (chain: string) => SeparatedChain;
}

export interface PrivateKeyPlan extends Planned {
  readonly algorithm: string;
  readonly rsaBits: number;
}

export interface CertificateRequestPlan extends Planned {
  readonly commonName: string;
  readonly organization: string;
  readonly locality: InputValue;
}

export interface IssuedCertificatePlan extends Planned {
  readonly privateCaArn: InputValue;
  readonly templateArn: Interpolation;
  readonly validityDays: number;
}

/** PEM texts. */
export interface SeparatedChain {
  readonly intermediates: string;
  readonly roots: string;
}
