import assert from "node:assert/strict";
import { planForwardedProto } from "../../../components/ingress/gateways/forwarded-proto-plan";
import type { GatewaySettings } from "../../../components/plan/gateway-settings";
import { gateway } from "../../support/settings";

interface Patch {
  readonly applyTo: string;
  readonly match: unknown;
  readonly patch: { readonly operation: string; readonly value: { readonly typed_config: Record<string, unknown> } };
}

function filter(changes: Partial<GatewaySettings> = {}, ports: readonly number[] = [443]) {
  const [plan, ...more] = planForwardedProto({ gateway: gateway(changes), ports, after: ["istiod"] });
  assert.ok(plan);
  assert.deepEqual(more, []);
  const spec = plan.body["spec"] as { readonly configPatches: readonly Patch[]; readonly [key: string]: unknown };
  return { plan, spec };
}

describe("planForwardedProto", () => {
  it("plans nothing where no load balancer ends TLS before the gateway", () => {
    assert.deepEqual(planForwardedProto({ gateway: gateway(), ports: [], after: [] }), []);
  });

  it("stands beside the pods", () => {
    const { name, after, apiVersion, kind, metadata } = filter({ name: "shop", namespace: "edge" }).plan;
    assert.deepEqual(
      { name, after, apiVersion, kind, metadata },
      {
        name: "envoyfilter-shop",
        after: ["istiod"],
        apiVersion: "networking.istio.io/v1alpha3",
        kind: "EnvoyFilter",
        metadata: { name: "shop-forwarded-proto", namespace: "edge" },
      },
    );
  });

  it("speaks of this gateway's pods only, by labels or by the Gateway of the Gateway API", () => {
    const byLabels = filter().spec;
    assert.deepEqual(byLabels["workloadSelector"], { labels: { app: "istio-ingress", istio: "ingress" } });
    assert.equal(byLabels["targetRefs"], undefined);
    const byGateway = filter({ routing: "gateway-api", createdBy: "istiod" }).spec;
    assert.deepEqual(byGateway["targetRefs"], [
      { group: "gateway.networking.k8s.io", kind: "Gateway", name: "istio-ingress" },
    ]);
    assert.equal(byGateway["workloadSelector"], undefined);
  });

  it("touches these ports and no other: a client on port 80 is never https", () => {
    assert.deepEqual(
      filter({}, [443, 19094]).spec.configPatches.map(({ applyTo, match, patch }) => [
        applyTo,
        match,
        patch.operation,
        patch.value.typed_config["@type"],
      ]),
      [443, 19094].map((portNumber) => [
        "NETWORK_FILTER",
        {
          context: "GATEWAY",
          listener: { portNumber, filterChain: { filter: { name: "envoy.filters.network.http_connection_manager" } } },
        },
        "MERGE",
        "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      ]),
    );
  });

  // What Envoy makes of either was measured with Envoy 1.40: with trusted proxies it keeps the header that it is sent.
  it("overwrites what clients write, where no proxy is trusted", () => {
    const [patch] = filter({ trustedProxies: 0 }).spec.configPatches;
    const { "@type": type, ...config } = { ...patch?.patch.value.typed_config };
    assert.match(String(type), /HttpConnectionManager$/);
    assert.deepEqual(config, { scheme_header_transformation: { scheme_to_overwrite: "https" } });
  });

  it("adds to what trusted proxies write: they know how the client reached them", () => {
    const [patch] = filter({ trustedProxies: 1 }).spec.configPatches;
    const { "@type": type, ...config } = { ...patch?.patch.value.typed_config };
    assert.match(String(type), /HttpConnectionManager$/);
    assert.deepEqual(config, {
      early_header_mutation_extensions: [
        {
          name: "envoy.http.early_header_mutation.header_mutation",
          typed_config: {
            "@type":
              "type.googleapis.com/envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation",
            mutations: [
              { append: { header: { key: "x-forwarded-proto", value: "https" }, append_action: "ADD_IF_ABSENT" } },
            ],
          },
        },
      ],
    });
  });
});
