import { logicalNames } from "../../logical-names";
import type { RateLimitSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { connectionManager, envoyTypes, podsOf } from "./envoy-filter";

/** A gateway, and how many requests each of its pods takes. */
export interface RateLimitRequirement {
  readonly gateway: GatewaySettings;
  readonly rateLimit: RateLimitSettings | undefined;
  readonly after: readonly string[];
}

/**
 * Plans Envoy's local rate limit as the first HTTP filter of every listener, so that requests that exceed it cost the least.
 *
 * Source: https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/local_ratelimit/v3/local_rate_limit.proto
 */
export function planRateLimit({ gateway, rateLimit, after }: RateLimitRequirement): readonly KubernetesObjectPlan[] {
  if (rateLimit === undefined) return [];
  const { name, namespace } = gateway;
  return [
    {
      name: logicalNames.rateLimit(name),
      after,
      apiVersion: "networking.istio.io/v1alpha3",
      kind: "EnvoyFilter",
      metadata: { name: `${name}-rate-limit`, namespace },
      body: { spec: { ...podsOf(gateway), configPatches: [patchOf(rateLimit)] } },
    },
  ];
}

function patchOf({ requestsPerSecond, burst }: RateLimitSettings): Tree {
  return {
    applyTo: "HTTP_FILTER",
    match: { context: "GATEWAY", listener: { filterChain: { filter: { name: connectionManager } } } },
    patch: {
      operation: "INSERT_FIRST",
      value: {
        name: "envoy.filters.http.local_ratelimit",
        typed_config: {
          "@type": `${envoyTypes}.filters.http.local_ratelimit.v3.LocalRateLimit`,
          stat_prefix: "http_local_rate_limiter",
          token_bucket: { max_tokens: burst, tokens_per_fill: requestsPerSecond, fill_interval: "1s" },
          // Without these two Envoy counts, and refuses nothing.
          filter_enabled: everyRequest("local_rate_limit_enabled"),
          filter_enforced: everyRequest("local_rate_limit_enforced"),
        },
      },
    },
  };
}

function everyRequest(runtimeKey: string): Tree {
  return { runtime_key: runtimeKey, default_value: { numerator: 100, denominator: "HUNDRED" } };
}
