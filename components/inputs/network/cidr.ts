import ipaddr from "ipaddr.js";
import { publicForm, textForm, type Form, type ValidationResult } from "../form";

/** A range of addresses. AWS wants it without host bits. */
export const cidr: Form = publicForm(textForm("a range in CIDR form, such as 10.0.0.0/16 or 2001:db8::/32", check));

function check(given: string): ValidationResult {
  if (given === "0.0.0.0" || given === "::") return `it has no mask; for every address write "${given}/0"`;
  if (ipaddr.IPv4.isValidFourPartDecimal(given)) return `it has no mask; did you mean "${given}/32"?`;
  if (ipaddr.IPv6.isValid(given)) return `it has no mask; did you mean "${networkOf(`${given}/128`)}"?`;
  // IPv4 in four decimal numbers only: of "10/8" and "010.0.0.0/8" nobody can say what they mean.
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(given) && !ipaddr.IPv6.isValidCIDR(given))
    return "write an address, a slash and a mask, such as 203.0.113.0/24";
  const network = networkOf(given);
  return network === given ? undefined : `AWS would read it as another range; write "${network}"`;
}

/** The range as AWS writes it: its first address, in the shortest form, and its mask. */
function networkOf(given: string): string {
  const [address, bits] = ipaddr.parseCIDR(given);
  const { IPv4, IPv6 } = ipaddr;
  const network = address.kind() === "ipv6" ? IPv6.networkAddressFromCIDR(given) : IPv4.networkAddressFromCIDR(given);
  return `${network.toString()}/${bits}`;
}

/** Private ranges of IPv4, and the shared one that custom networking uses. */
const privateKinds = ["private", "carrierGradeNat"];

/**
 * Whether a VPC may have this range: a private one of IPv4 with 16 to 28 bits, or one of IPv6 with 44 to 60.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function mayBeVpcRange(range: string): boolean {
  const [address, bits] = ipaddr.parseCIDR(range);
  if (address.kind() === "ipv6") return bits >= 44 && bits <= 60;
  return privateKinds.includes(address.range()) && bits >= 16 && bits <= 28;
}

/** Whether the addresses of an IPv4 range are private ones; undefined: it is an IPv6 range, whose addresses are the same everywhere. */
export function isPrivateRange(range: string): boolean | undefined {
  const [address] = ipaddr.parseCIDR(range);
  return address.kind() === "ipv6" ? undefined : privateKinds.includes(address.range());
}

/** Which of AWS's two kinds of rule a range needs. */
export function cidrKind(range: string): "ipv4" | "ipv6" {
  return ipaddr.parseCIDR(range)[0].kind();
}

/** Whether two ranges have an address in common. */
export function rangesOverlap(one: string, other: string): boolean {
  const [[first, firstBits], [second, secondBits]] = [ipaddr.parseCIDR(one), ipaddr.parseCIDR(other)];
  if (first.kind() !== second.kind()) return false;
  const bits = Math.min(firstBits, secondBits);
  return networkOf(`${first.toString()}/${bits}`) === networkOf(`${second.toString()}/${bits}`);
}

/** How wide a range is: the fewer bits, the more addresses. */
export function rangeBits(range: string): { readonly kind: "ipv4" | "ipv6"; readonly bits: number } {
  const [address, bits] = ipaddr.parseCIDR(range);
  return { kind: address.kind(), bits };
}
