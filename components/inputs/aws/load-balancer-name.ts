import { createHash } from "node:crypto";
import { loadBalancerName } from "../text";

const maxLength = 32;
const hashLength = 7;

/**
 * A name that Elastic Load Balancing accepts. A valid name stays as it is. Any other one is cut and ends in a hash of the
 * whole: it is the same every time, and two long names that begin alike differ.
 */
export function validLoadBalancerName(name: string): string {
  if (loadBalancerName.check(name) === undefined) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, hashLength);
  const kept = name
    .replace(/[^A-Za-z0-9-]/g, "-")
    .replace(/^((internal)?-+)+/, "")
    .slice(0, maxLength - hashLength - 1)
    .replace(/-+$/, "");
  return kept === "" ? hash : `${kept}-${hash}`;
}
