import { parseYaml } from "../../inputs/yaml";
import type { Tree } from "../../plan/input-value";
import { isTree, mergeLayers } from "./values/chart-values";

/**
 * The annotation of a pod that configures its proxy, as the YAML of a `ProxyConfig`. There is one for the whole pod, so
 * everything that configures a gateway's proxy is merged here.
 *
 * Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export const proxyConfigKey = "proxy.istio.io/config";

/** The annotation with all parts of a proxy's configuration; none if they are empty. The later part wins. */
export function proxyConfigAnnotation(...parts: readonly Tree[]): Readonly<Record<string, string>> {
  const config = mergeLayers(...parts);
  return Object.keys(config).length === 0 ? {} : { [proxyConfigKey]: JSON.stringify(config) };
}

/** The configuration in such an annotation; undefined: it is none. */
export function readProxyConfig(annotation: unknown): Tree | undefined {
  if (typeof annotation !== "string") return undefined;
  try {
    const config = parseYaml(annotation);
    return isTree(config) ? config : undefined;
  } catch {
    return undefined;
  }
}

/** Pod annotations of the user's with the component's own proxy configuration merged into theirs. */
export function mergeProxyConfig(ours: Readonly<Record<string, string>>, theirs: unknown): Tree {
  const written = isTree(theirs) ? readProxyConfig(theirs[proxyConfigKey]) : undefined;
  const own = readProxyConfig(ours[proxyConfigKey]);
  return own === undefined ? {} : proxyConfigAnnotation(written === undefined ? {} : written, own);
}
