import { readFileSync } from "node:fs";
import { join } from "node:path";

// Certificates and keys for tests, made once: the root signed `issuing`, `issuing` signed `istiod`, and the root signed all
// others but those whose name says otherwise. They are valid from 2025 to 2125 where the name does not say otherwise.
const texts = JSON.parse(readFileSync(join(__dirname, "certificate-texts.json"), "utf8")) as Readonly<
  Record<string, string>
>;

/** The PEM text of a certificate or key. */
export function pem(name: string): string {
  const text = texts[name];
  if (text === undefined) throw new Error(`there is no certificate ${name} in certificate-texts.json`);
  return text;
}

/** Texts of a certificate authority that fit together, two levels below the root. */
export const givenAuthority = {
  certificate: pem("istiod"),
  privateKey: pem("istiodKey"),
  chain: pem("issuing"),
  root: pem("root"),
};
