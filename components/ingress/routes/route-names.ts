import { readableName } from "../../inputs/readable-name";

/** Name of a route's object. It depends on ingress, host and path alone, so that no other route renames it. */
export function routeName(ingress: string, host: string, path = "/"): string {
  return readableName(`${ingress} ${host}${path}`, 150);
}
