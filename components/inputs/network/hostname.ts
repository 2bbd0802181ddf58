import ipaddr from "ipaddr.js";
import { publicForm, textForm, type Form, type ValidationResult } from "../form";

const label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const domain = new RegExp(`^(${label}\\.)+${label}$`);

/** A DNS name in lower case, without wildcard. */
export const domainName: Form = publicForm(
  textForm("a DNS name in lower case, such as example.com", (given) => check(given, domain)),
);

/** A DNS name; its first label may be a wildcard, as in Istio, Kubernetes and ACM. */
export const hostname: Form = publicForm(
  textForm("a DNS name in lower case, such as app.example.com or *.example.com", (given) =>
    check(given, new RegExp(`^(\\*\\.)?${domain.source.slice(1)}`)),
  ),
);

function check(given: string, pattern: RegExp): ValidationResult {
  const isName = (text: string) => pattern.test(text) && text.length <= 253 && !ipaddr.isValid(text);
  if (isName(given)) return undefined;
  const several = given.split(",").map((one) => one.trim());
  if (several.length > 1 && several.every(isName))
    return `write each name as an entry of its own: ${several.map((one) => `"${one}"`).join(", ")}`;
  const corrected = given
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/:].*$/, "")
    .replace(/\.$/, "");
  if (isName(corrected)) return `write "${corrected}"`;
  return "write a full DNS name: labels of letters, digits and hyphens, separated by dots";
}

/** A host of requests, or `*` for every host. */
export const routeHost: Form = publicForm(
  textForm(`${hostname.allowed}, or "*" for every host`, (given) =>
    given === "*" ? undefined : hostname.check(given),
  ),
);

/** Whether requests for a host are among those for a hostname, which may be a wildcard; so may the host. */
export function covers(hostname: string, host: string): boolean {
  return hostname === host || (hostname.startsWith("*.") && host.endsWith(hostname.slice(1)));
}

/** Whether a certificate for a name is good for a host: its wildcard stands for one label. Source: RFC 6125, section 6.4.3 */
export function isInCertificate(name: string, host: string): boolean {
  return name === host || (name.startsWith("*.") && name.slice(1) === host.slice(host.indexOf(".")));
}

/** Whether a hostname lies in a zone, wildcards included. */
export function liesIn(zone: string, host: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}

/** A name for what belongs to a host: `http-app.example.com`; of a wildcard the star is left out: `http.example.com`. */
export function hostLabel(prefix: string, host: string): string {
  return host.startsWith("*.") ? `${prefix}.${host.slice(2)}` : `${prefix}-${host}`;
}
