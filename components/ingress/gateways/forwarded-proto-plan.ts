import { logicalNames } from "../../logical-names";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { connectionManager, envoyTypes, podsOf } from "./envoy-filter";

/** A gateway, and its ports that get in plain text what a load balancer received by TLS. */
export interface ForwardedProtoRequirement {
  readonly gateway: GatewaySettings;
  readonly ports: readonly number[];
  readonly after: readonly string[];
}

/**
 * Plans what makes requests on these ports `https` for applications: X-Forwarded-Proto and `:scheme`.
 *
 * Envoy derives both from its own connection, which is plain behind an NLB that ends TLS. Neither Istio's Gateway nor the
 * Gateway API has a field for it. Only these ports are touched: requests on port 80 stay `http`.
 */
export function planForwardedProto({
  gateway,
  ports,
  after,
}: ForwardedProtoRequirement): readonly KubernetesObjectPlan[] {
  if (ports.length === 0) return [];
  const { name, namespace } = gateway;
  return [
    {
      name: logicalNames.envoyFilter(name),
      after,
      apiVersion: "networking.istio.io/v1alpha3",
      kind: "EnvoyFilter",
      metadata: { name: `${name}-forwarded-proto`, namespace },
      body: { spec: { ...podsOf(gateway), configPatches: ports.map((port) => patchOf(port, gateway)) } },
    },
  ];
}

function patchOf(portNumber: number, { trustedProxies }: GatewaySettings): Tree {
  return {
    applyTo: "NETWORK_FILTER",
    match: { context: "GATEWAY", listener: { portNumber, filterChain: { filter: { name: connectionManager } } } },
    patch: {
      operation: "MERGE",
      value: {
        typed_config: {
          "@type": `${envoyTypes}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
          ...(trustedProxies === 0 ? always : whereMissing),
        },
      },
    },
  };
}

/** Sets `:scheme` and X-Forwarded-Proto, whatever the client sent. */
const always: Tree = { scheme_header_transformation: { scheme_to_overwrite: "https" } };

/** A trusted proxy may have set the header: it knows how the client reached it. Envoy keeps it then. */
const whereMissing: Tree = {
  early_header_mutation_extensions: [
    {
      name: "envoy.http.early_header_mutation.header_mutation",
      typed_config: {
        "@type": `${envoyTypes}.http.early_header_mutation.header_mutation.v3.HeaderMutation`,
        mutations: [
          {
            append: { header: { key: "x-forwarded-proto", value: "https" }, append_action: "ADD_IF_ABSENT" },
          },
        ],
      },
    },
  ],
};
