import { homedir } from "node:os";
import { join } from "node:path";

/** A place outside the repository for what is built or unpacked once, shared by all checkouts. */
export function inCache(...path: readonly string[]): string {
  const { ISTIO_EKS_CACHE: own = "", XDG_CACHE_HOME: shared = "" } = process.env;
  const folder = own === "" ? join(shared === "" ? join(homedir(), ".cache") : shared, "istio-eks") : own;
  return join(folder, "rendered", ...path);
}
