import type { InputValue } from "./input-value";
import type { Planned } from "./planned";

/** Where istiod finds the certificate and the key with which it signs workload certificates. */
export type CertificateAuthoritySettings =
  GivenCertificateAuthority | ExistingCertificateAuthority | PrivateCertificateAuthority;

/** An intermediate certificate authority whose texts the user gives. */
export interface GivenCertificateAuthority {
  readonly kind: "given";
  readonly secretName: string;
  readonly texts: CertificateAuthorityTexts;
}

/** A Secret that someone else creates and renews. */
export interface ExistingCertificateAuthority {
  readonly kind: "existing";
  readonly secretName: string;
}

/** An intermediate certificate authority with a key that Pulumi generates and a certificate that AWS Private CA issues. */
export interface PrivateCertificateAuthority {
  readonly kind: "private-ca";
  readonly secretName: string;
  readonly privateCaArn: InputValue;
  readonly validityDays: number;
  /** In the names of key, request and certificate: a higher one creates new ones. */
  readonly generation: number;
  /** Root certificates that the mesh trusts besides that of the authority; empty: none. */
  readonly root: InputValue;
}

/** PEM texts; secrets at the edge. */
export interface CertificateAuthorityTexts {
  readonly certificate: InputValue;
  readonly privateKey: InputValue;
  /** Intermediate certificates between `certificate` and `root`; empty: there are none. */
  readonly chain: InputValue;
  readonly root: InputValue;
}

/** The Secret with istiod's certificate and key. */
export interface CertificateAuthorityPlan extends Planned {
  readonly secretName: string;
  readonly namespace: string;
  readonly texts: CertificateAuthorityTexts;
  /** Arranges the texts as the files that istiod reads; throws where they do not fit together. */
  readonly files: (texts: KnownTexts) => Readonly<Record<string, string>>;
}

/** The same texts once all of them are known. */
export interface KnownTexts {
  readonly certificate: string;
  readonly privateKey: string;
  readonly chain: string;
  readonly root: string;
}
