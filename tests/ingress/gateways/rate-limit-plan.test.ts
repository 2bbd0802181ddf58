import assert from "node:assert/strict";
import { planRateLimit } from "../../../components/ingress/gateways/rate-limit-plan";
import { gateway } from "../../support/settings";

const rateLimit = { requestsPerSecond: 100, burst: 250 };

describe("planRateLimit", () => {
  it("plans nothing without a limit", () => {
    assert.deepEqual(planRateLimit({ gateway: gateway(), rateLimit: undefined, after: [] }), []);
  });

  // The names are those of go-control-plane's envoy/extensions/filters/http/local_ratelimit/v3/local_rate_limit.proto.
  it("plans Envoy's token bucket before all other HTTP filters of this gateway's pods, enforced for every request", () => {
    const all = { numerator: 100, denominator: "HUNDRED" };
    assert.deepEqual(
      planRateLimit({ gateway: gateway({ name: "shop", namespace: "edge" }), rateLimit, after: ["i"] }),
      [
        {
          name: "rate-limit-shop",
          after: ["i"],
          apiVersion: "networking.istio.io/v1alpha3",
          kind: "EnvoyFilter",
          metadata: { name: "shop-rate-limit", namespace: "edge" },
          body: {
            spec: {
              workloadSelector: { labels: { app: "istio-ingress", istio: "ingress" } },
              configPatches: [
                {
                  applyTo: "HTTP_FILTER",
                  match: {
                    context: "GATEWAY",
                    listener: { filterChain: { filter: { name: "envoy.filters.network.http_connection_manager" } } },
                  },
                  patch: {
                    operation: "INSERT_FIRST",
                    value: {
                      name: "envoy.filters.http.local_ratelimit",
                      typed_config: {
                        "@type": "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
                        stat_prefix: "http_local_rate_limiter",
                        token_bucket: { max_tokens: 250, tokens_per_fill: 100, fill_interval: "1s" },
                        filter_enabled: { runtime_key: "local_rate_limit_enabled", default_value: all },
                        filter_enforced: { runtime_key: "local_rate_limit_enforced", default_value: all },
                      },
                    },
                  },
                },
              ],
            },
          },
        },
      ],
    );
  });
});
