/**
 * The label that has sidecars injected into a namespace's pods.
 *
 * `istio-injection` would win over `istio.io/rev`, so there is only ever one of them.
 */
export function injectionLabels(revision: string): Readonly<Record<string, string>> {
  return revision === "" ? { "istio-injection": "enabled" } : { "istio.io/rev": revision };
}
