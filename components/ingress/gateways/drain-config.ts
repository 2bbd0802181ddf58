import type { Tree } from "../../plan/input-value";

/** Members of Istio's ProxyConfig that `gateway.drainSeconds` sets for gateways behind a load balancer. */
export const drainDurations = ["drainDuration", "terminationDrainDuration"] as const;

/** Whether a path below a ProxyConfig is one of them. */
export function isDrainDuration(path: string): boolean {
  return drainDurations.some((duration) => duration === path);
}

/**
 * The part of a gateway's proxy configuration that says how long it drains. While it does, Envoy answers and asks clients to
 * connect anew. The two durations are one: Envoy closes its listeners after `drainDuration`, which is 45 seconds by itself, and
 * the agent ends Envoy after `terminationDrainDuration`.
 *
 * Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export function drainConfig(drainSeconds: number): Tree {
  return Object.fromEntries(drainDurations.map((duration) => [duration, `${drainSeconds}s`]));
}
