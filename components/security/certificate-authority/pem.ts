import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { type Form, textForm } from "../../inputs/form";

/** The certificates in a text, in their order; undefined: it is not PEM, or one of them cannot be read. */
export function certificatesIn(text: string): readonly X509Certificate[] | undefined {
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)];
  const rest = blocks.reduce((left, [block]) => left.replace(block, ""), text);
  if (blocks.length === 0 || /-----(BEGIN|END)/.test(rest)) return undefined;
  try {
    return blocks.map(([block]) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

/** The private key in a text; undefined: it is none, or it is encrypted. */
export function privateKeyIn(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

const begin = "-----BEGIN CERTIFICATE-----";

/** One or more certificates. */
export const certificatesText: Form = textForm(
  `certificates in PEM format: "${begin}" to "-----END CERTIFICATE-----"`,
  (given) => {
    if (given.includes("PRIVATE KEY-----")) return "write the key in privateKey, and only certificates here";
    return certificatesIn(given) === undefined ? "write the whole text of the file, with its line breaks" : undefined;
  },
);

const curves = ["prime256v1", "secp384r1"];
const leastRsaBits = 2048;

/**
 * Keys that istiod reads and with which every proxy accepts signatures.
 * Source: istio/istio security/pkg/pki/util/crypto.go; Envoy's and ztunnel's TLS libraries refuse smaller RSA keys.
 */
export const privateKeyText: Form = textForm(
  "an unencrypted private key in PEM format: RSA of at least 2048 bits, or ECDSA on P-256 or P-384",
  (given) => {
    if (/ENCRYPTED/.test(given)) return "decrypt it: openssl pkey -in <file>";
    const key = privateKeyIn(given);
    if (key === undefined) return 'write the whole text of the file, from "-----BEGIN" on, with its line breaks';
    return isAccepted(key) ? undefined : "issue the certificate for a key of one of these kinds";
  },
);

function isAccepted({ asymmetricKeyType, asymmetricKeyDetails: { namedCurve, modulusLength } = {} }: KeyObject) {
  if (asymmetricKeyType === "ec") return curves.includes(String(namedCurve));
  return asymmetricKeyType === "rsa" && Number(modulusLength) >= leastRsaBits;
}
