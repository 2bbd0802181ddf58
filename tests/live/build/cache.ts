import { homedir } from "node:os";
import { join } from "node:path";

/** Where built parts are kept: outside the repository, shared by all checkouts. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { ISTIO_EKS_CACHE: own, XDG_CACHE_HOME: shared } = environment;
  if (own !== undefined && own !== "") return own;
  return join(shared === undefined || shared === "" ? join(homedir(), ".cache") : shared, "istio-eks", "live");
}

/** A place in the cache. */
export function inCache(...path: readonly string[]): string {
  return join(cacheFolder(), ...path);
}

/** A program that `npm run live:build` built. */
export function program(name: string): string {
  return inCache("bin", name);
}
