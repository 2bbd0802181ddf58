import { createRequire } from "node:module";

const load = createRequire(__filename);

/** The version of this package. */
export function packageVersion(): string {
  const { version } = load("istio-eks/package.json") as { readonly version: string };
  return version;
}
