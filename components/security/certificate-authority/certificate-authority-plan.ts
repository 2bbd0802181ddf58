import { afterNamespace } from "../../control-plane/namespaces/namespaces-plan";
import { hidden } from "../../inputs/display";
import { invariant } from "../../inputs/invariant";
import { problemsIn } from "../../inputs/problem";
import { logicalNames } from "../../logical-names";
import type {
  CertificateAuthorityPlan,
  CertificateAuthoritySettings,
  CertificateAuthorityTexts,
  KnownTexts,
} from "../../plan/certificate-authority";
import type { Problem } from "../../plan/problem";
import type { MeshSettings } from "../../plan/settings";
import { checkCertificates, pathOf } from "./certificate-check";
import { certificatesIn, certificatesText, privateKeyIn, privateKeyText } from "./pem";

/** Plans the Secret with which istiod of a mesh signs. `issued` are the texts that AWS Private CA issued. */
export function planAuthorities(
  settings: MeshSettings,
  issued?: CertificateAuthorityTexts,
): readonly CertificateAuthorityPlan[] {
  const { namespace } = settings.controlPlane;
  const after = afterNamespace(settings, namespace);
  return planCertificateAuthority(settings.security.certificateAuthority, { namespace, after, issued });
}

/** Where the Secret is created. */
export interface CertificateAuthorityPlace {
  readonly namespace: string;
  readonly after: readonly string[];
  /** Texts of an authority that AWS Private CA signs. */
  readonly issued?: CertificateAuthorityTexts | undefined;
}

/** Plans the Secret that istiod reads, unless someone else creates it. */
export function planCertificateAuthority(
  authority: CertificateAuthoritySettings | undefined,
  { namespace, after, issued }: CertificateAuthorityPlace,
): readonly CertificateAuthorityPlan[] {
  if (authority === undefined) return [];
  const texts = authority.kind === "given" ? authority.texts : issued;
  if (texts === undefined) return [];
  const { secretName } = authority;
  return [{ name: logicalNames.certificateAuthority, after, namespace, secretName, texts, files: filesOf }];
}

/**
 * The files that istiod reads. The chain begins with istiod's own certificate and ends below the root: istiod sends it
 * after each workload certificate, and the root last, which proxies and ztunnel take as what they trust.
 * Source: istio/istio security/pkg/server/ca/server.go, istio/ztunnel src/tls/certificate.rs
 */
export function filesOf(texts: KnownTexts): Readonly<Record<string, string>> {
  if (Object.values(texts).some(isUnread)) return unread(texts);
  const problems = [
    ...checkForms(texts),
    ...checkCertificates(texts, { path: "certificateAuthority", now: new Date() }),
  ];
  const path = pathOf(texts);
  const key = privateKeyIn(texts.privateKey);
  const roots = certificatesIn(texts.root);
  if (problems.length > 0 || typeof path !== "object" || key === undefined || roots === undefined) {
    throw new Error(`istio-eks: ${problemsIn("security.certificateAuthority", problems)}`);
  }
  const chain = path.signers.map(String);
  return {
    "ca-cert.pem": invariant(chain[0], "the authority's own certificate"),
    // istiod reads only the first block, which may be the parameters of the curve in a file of openssl.
    "ca-key.pem": String(key.export({ type: "pkcs8", format: "pem" })),
    "cert-chain.pem": chain.join(""),
    "root-cert.pem": roots.join(""),
  };
}

/** A plan of a stack file has `hidden` in place of encrypted texts, and the mocks of a unit test issue no certificate. */
function isUnread(text: string | undefined): boolean {
  return text === undefined || text === hidden;
}

function unread(texts: KnownTexts): Readonly<Record<string, string>> {
  const { certificate, privateKey, chain, root } = texts;
  const files = {
    "ca-cert.pem": certificate,
    "ca-key.pem": privateKey,
    "cert-chain.pem": chain,
    "root-cert.pem": root,
  };
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, isUnread(text) ? hidden : text]));
}

/** Texts that become known only during `up` have not been read before. */
function checkForms({ certificate, privateKey, chain, root }: KnownTexts): readonly Problem[] {
  const forms = [
    { member: "certificate", text: certificate, form: certificatesText },
    { member: "privateKey", text: privateKey, form: privateKeyText },
    ...(chain === "" ? [] : [{ member: "chain", text: chain, form: certificatesText }]),
    { member: "root", text: root, form: certificatesText },
  ];
  return forms.flatMap(({ member, text, form }) => {
    const suggestion = form.check(text);
    if (suggestion === undefined) return [];
    return [{ path: `certificateAuthority.${member}`, given: hidden, allowed: form.allowed, suggestion }];
  });
}
