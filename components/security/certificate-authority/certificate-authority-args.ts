import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { privateCaArn } from "../../inputs/aws/aws-id";
import { field, publicForm } from "../../inputs/form";
import { inputValue } from "../../inputs/input-value";
import { wholeNumber } from "../../inputs/number";
import { problem, problemIf } from "../../inputs/problem";
import { shape } from "../../inputs/shape";
import { subdomainName } from "../../inputs/text";
import type { CertificateAuthoritySettings } from "../../plan/certificate-authority";
import type { Problem, Resolved } from "../../plan/problem";
import { Profile } from "../../plan/enums";
import { checkCertificates, day, pathOf, type ReadableTexts } from "./certificate-check";
import { certificatesText, privateKeyText } from "./pem";

/**
 * Who signs the certificates of the mesh's workloads: istiod, with an intermediate certificate of your own authority.
 * Exactly one of three ways: `privateCaArn`, with which AWS Private CA issues the certificate; `certificate`,
 * `privateKey`, `root` and, where there are more intermediate certificates, `chain`; or `secretName`.
 * docs/how-to/certificate-authority.md has all of them, and the steps to change the authority of a running mesh.
 *
 * @throws If the texts do not fit together: another certificate's key, a chain that does not lead to the root, a
 * certificate that is expired or may not sign others. If the AWS Private CA is not active, is in short-lived certificate
 * mode, or may not sign another authority.
 */
export interface CertificateAuthorityArgs {
  /**
   * ARN of the AWS Private CA that issues istiod's certificate. The mesh creates the private key and the certificate signing
   * request, and has the authority issue the certificate of a subordinate authority that may sign workload certificates
   * only. The authority is in the region of the stack and in general-purpose mode; it may be shared from another account.
   *
   * @remarks The private key is a secret in Pulumi's state, and goes to the Secret `cacerts` and nowhere else. Another
   * authority replaces the certificate; where it has another root, see docs/how-to/certificate-authority.md first.
   * @example `"arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d-0000-4000-8000-0123456789ab"`
   */
  privateCaArn?: pulumi.Input<string>;
  /**
   * For how many days the certificate that AWS Private CA issues is valid, from 1 to 3650, and not longer than the authority
   * itself. Another number replaces the certificate and keeps the key.
   *
   * @defaultValue `730`
   * @remarks Nothing renews the certificate: raise `generation` before it expires. `istio-eks check` warns 60 days ahead.
   * @example `365`
   */
  validityDays?: number;
  /**
   * Renews what AWS Private CA issues: a higher number creates a new private key and a new certificate in one `pulumi up`.
   *
   * @defaultValue `1`
   * @remarks No load balancer changes, and no request is lost: both certificates have the same root. AWS Private CA does not
   * revoke the old certificate, which workloads still have certificates of for up to 24 hours.
   * @example `2`
   */
  generation?: number;
  /**
   * Certificate with which istiod signs, in PEM format: a subordinate certificate authority. More certificates after the
   * first one count as `chain`. Source: https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
   *
   * @example `-----BEGIN CERTIFICATE-----…`
   */
  certificate?: pulumi.Input<string>;
  /**
   * Private key of `certificate`, in PEM format, unencrypted: RSA of at least 2048 bits, or ECDSA on P-256 or P-384.
   *
   * @remarks It is a secret in Pulumi's state, and goes to the Secret `cacerts` and nowhere else. Encrypt it in the stack's
   * configuration: `pulumi config set --secret --path istio-mesh:mesh.security.certificateAuthority.privateKey`.
   * @example `-----BEGIN PRIVATE KEY-----…`
   */
  privateKey?: pulumi.Input<string>;
  /**
   * Intermediate certificates between `certificate` and `root`, in PEM format and in any order.
   *
   * @defaultValue none: the root signed `certificate`
   * @example `-----BEGIN CERTIFICATE-----…`
   */
  chain?: pulumi.Input<string>;
  /**
   * Root certificates that the mesh trusts, in PEM format: the one to which `certificate` leads, and others while you change
   * from one to another. With `privateCaArn` only the others: the root of that authority is trusted anyway.
   *
   * @example `-----BEGIN CERTIFICATE-----…`
   */
  root?: pulumi.Input<string>;
  /**
   * Secret in the control plane's namespace that someone else creates and renews: External Secrets, cert-manager, a
   * person. It has the files `ca-cert.pem`, `ca-key.pem`, `cert-chain.pem` and `root-cert.pem`, or `tls.crt`, `tls.key`
   * and `ca.crt`. The pods of istiod start once it is there.
   *
   * @remarks `pulumi up` waits for it for 10 minutes.
   * @example `"cacerts"`
   */
  secretName?: string;
}

export const certificateAuthorityShape = shape({
  privateCaArn: field(inputValue(privateCaArn)).optional(),
  validityDays: field(wholeNumber(1, 3650)).optional(),
  generation: field(publicForm(wholeNumber(1, 1_000_000))).optional(),
  certificate: field(inputValue(certificatesText)).optional(),
  privateKey: field(inputValue(privateKeyText)).optional(),
  chain: field(inputValue(certificatesText)).optional(),
  root: field(inputValue(certificatesText)).optional(),
  secretName: field(subdomainName).optional(),
} satisfies Record<keyof CertificateAuthorityArgs, z.ZodType>);

/** What decides besides. */
export interface CertificateAuthorityContext {
  readonly profile: Profile;
  readonly now: Date;
}

const path = "security.certificateAuthority";
const needed = ["certificate", "privateKey", "root"] as const;
const texts = ["certificate", "privateKey", "chain", "root"] as const;
const renewal = ["validityDays", "generation"] as const;

/** The Secret that Istio's documentation names. */
const cacerts = "cacerts";

/** Resolves who signs; undefined: istiod has a self-signed root of its own. */
export function resolveCertificateAuthority(
  args: CertificateAuthorityArgs | undefined,
  { profile, now }: CertificateAuthorityContext,
): Resolved<CertificateAuthoritySettings | undefined> {
  if (args === undefined) return { settings: undefined, problems: [], warnings: [] };
  const known = knownTexts(args);
  return {
    settings: settingsOf(args),
    problems: [...checkProfile(profile), ...checkWays(args), ...checkCertificates(known, { path, now })],
    warnings: warnOfEnd(known, now),
  };
}

function settingsOf(args: CertificateAuthorityArgs): CertificateAuthoritySettings | undefined {
  const { secretName, certificate, privateKey, chain, root } = args;
  if (args.privateCaArn !== undefined) return issuedBy(args.privateCaArn, args);
  if (secretName !== undefined) return { kind: "existing", secretName } as const;
  if (certificate === undefined || privateKey === undefined || root === undefined) return undefined;
  return { kind: "given", secretName: cacerts, texts: { certificate, privateKey, chain: chain ?? "", root } } as const;
}

function issuedBy(
  arn: pulumi.Input<string>,
  { validityDays = 730, generation = 1, root = "" }: CertificateAuthorityArgs,
): CertificateAuthoritySettings {
  return { kind: "private-ca", secretName: cacerts, privateCaArn: arn, validityDays, generation, root };
}

/** Texts that become known later are checked when they are. */
function knownTexts(args: CertificateAuthorityArgs): ReadableTexts {
  const known = (given: unknown) => (typeof given === "string" ? given : undefined);
  const { certificate, privateKey, chain = "", root } = args;
  return {
    certificate: known(certificate),
    privateKey: known(privateKey),
    chain: known(chain),
    root: known(root),
  };
}

function checkWays(args: CertificateAuthorityArgs): readonly Problem[] {
  const { privateCaArn: arn, secretName } = args;
  if (arn !== undefined) return checkAlone(args, "privateCaArn");
  const orphans = renewal.flatMap((member) => checkRenewal(args, member));
  if (secretName !== undefined) return [...checkAlone(args, "secretName"), ...orphans];
  return [...checkTexts(args), ...orphans];
}

/** What may stand beside each way that has a member of its own. */
const beside: Readonly<Record<"privateCaArn" | "secretName", readonly string[]>> = {
  privateCaArn: ["root"],
  secretName: [],
};

function checkAlone(args: CertificateAuthorityArgs, way: keyof typeof keeping): readonly Problem[] {
  const others = (["secretName", ...texts] as const).filter((member) => member !== way);
  const given = others.filter((member) => args[member] !== undefined && !beside[way].includes(member));
  return problemIf(given.length > 0, path, {
    given: `${way} and ${given.join(", ")}`,
    allowed: "one of privateCaArn; secretName; certificate, privateKey, chain and root",
    suggestion: keeping[way],
  });
}

const keeping = {
  privateCaArn: "keep privateCaArn if AWS Private CA issues the certificate, else remove it",
  secretName: "keep secretName if someone else creates the Secret, else remove it",
} as const;

function checkRenewal(args: CertificateAuthorityArgs, member: (typeof renewal)[number]): readonly Problem[] {
  return problemIf(args[member] !== undefined, `${path}.${member}`, {
    given: args[member],
    allowed: "nothing without privateCaArn: only AWS Private CA issues a certificate here",
    suggestion: "remove it, or write privateCaArn",
  });
}

function checkTexts(args: CertificateAuthorityArgs): readonly Problem[] {
  const given = texts.filter((member) => args[member] !== undefined);
  const missing = needed.filter((member) => args[member] === undefined);
  return problemIf(missing.length > 0, path, {
    given: given.length === 0 ? {} : given.join(", "),
    allowed: "privateCaArn; or certificate, privateKey and root together; or secretName",
    suggestion: given.length === 0 ? "add one of them, or remove certificateAuthority" : `add ${missing.join(" and ")}`,
  });
}

function checkProfile(profile: Profile): readonly Problem[] {
  if (profile !== Profile.Empty && profile !== Profile.Remote) return [];
  return [
    problem(path, {
      given: "a certificate authority",
      allowed: `nothing with profile "${profile}": the istiod that signs is installed elsewhere`,
      suggestion: "remove it here, and write it where istiod is installed",
    }),
  ];
}

const warnedDays = 60;

/** Nothing renews the texts, and once they are expired no pod of the mesh reaches another one. */
function warnOfEnd(known: ReadableTexts, now: Date): readonly string[] {
  const found = pathOf(known);
  if (typeof found !== "object") return [];
  const limit = new Date(now.getTime() + warnedDays * 24 * 60 * 60 * 1000);
  const ends = [...found.signers, found.root].map(({ validTo }) => validTo);
  const [first] = [...ends].sort((one, other) => new Date(one).getTime() - new Date(other).getTime());
  if (first === undefined || new Date(first) > limit) return [];
  return [
    `${path}: a certificate expires on ${day(first)}. Renew it before: afterwards no pod of the mesh can reach another one.`,
  ];
}
