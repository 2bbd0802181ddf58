import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { field } from "../inputs/form";
import { leaf } from "../inputs/leaf";
import { problem, problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import { subdomainName } from "../inputs/text";
import type { CertificateAuthoritySettings } from "../plan/certificate-authority";
import type { Problem, Resolved } from "../plan/problem";
import { Profile } from "../plan/words";
import { checkCertificates, day, pathOf, type ReadableTexts } from "./certificate-check";
import { certificatesText, privateKeyText } from "./pem";

/**
 * Who signs the certificates of the mesh's workloads: istiod, with an intermediate certificate of your own authority.
 * Exactly one of two ways: `certificate`, `privateKey`, `root` and, where there are more intermediate certificates,
 * `chain`; or `secretName`. docs/how-to/certificate-authority.md has both, and the steps to change the authority of a
 * running mesh.
 *
 * @throws If the texts do not fit together: another certificate's key, a chain that does not lead to the root, a
 * certificate that is expired or may not sign others.
 */
export interface CertificateAuthorityArgs {
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
   */
  chain?: pulumi.Input<string>;
  /**
   * Root certificates that the mesh trusts, in PEM format: the one to which `certificate` leads, and others while you change
   * from one to another.
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
  certificate: field(leaf(certificatesText)).optional(),
  privateKey: field(leaf(privateKeyText)).optional(),
  chain: field(leaf(certificatesText)).optional(),
  root: field(leaf(certificatesText)).optional(),
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

function settingsOf({ secretName, certificate, privateKey, chain, root }: CertificateAuthorityArgs) {
  if (secretName !== undefined) return { kind: "existing", secretName } as const;
  if (certificate === undefined || privateKey === undefined || root === undefined) return undefined;
  return { kind: "given", secretName: cacerts, texts: { certificate, privateKey, chain: chain ?? "", root } } as const;
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
  const given = texts.filter((member) => args[member] !== undefined);
  const missing = needed.filter((member) => args[member] === undefined);
  if (args.secretName !== undefined) {
    return problemIf(given.length > 0, path, {
      given: `secretName and ${given.join(", ")}`,
      allowed: "either secretName, or certificate, privateKey, chain and root",
      remedy: "keep secretName if someone else creates the Secret, else remove it",
    });
  }
  return problemIf(missing.length > 0, path, {
    given: given.length === 0 ? {} : given.join(", "),
    allowed: "certificate, privateKey and root together, or secretName",
    remedy: given.length === 0 ? "add them, or remove certificateAuthority" : `add ${missing.join(" and ")}`,
  });
}

function checkProfile(profile: Profile): readonly Problem[] {
  if (profile !== Profile.Empty && profile !== Profile.Remote) return [];
  return [
    problem(path, {
      given: "a certificate authority",
      allowed: `nothing with profile "${profile}": the istiod that signs is installed elsewhere`,
      remedy: "remove it here, and write it where istiod is installed",
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
