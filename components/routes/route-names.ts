import { createHash } from "node:crypto";

/**
 * Name of a route's object in Kubernetes: readable at the front, and told from every other one by its end. It depends
 * on the ingress, host and path alone, so that no other route renames it.
 */
export function routeName(ingress: string, host: string, path = "/"): string {
  const readable = `${host}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const mark = createHash("sha256").update(`${ingress} ${host}${path}`).digest("hex").slice(0, 8);
  return `${ingress}-${readable.slice(0, 60)}-${mark}`.replace(/-+/g, "-");
}
