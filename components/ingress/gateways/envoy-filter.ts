import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { Routing } from "../../plan/enums";

/** Envoy's filter that understands HTTP, and where its types are. */
export const connectionManager = "envoy.filters.network.http_connection_manager";
export const envoyTypes = "type.googleapis.com/envoy.extensions";

/** The part of an EnvoyFilter that selects the pods of one gateway. */
export function podsOf({ name, routing, selector }: GatewaySettings): Tree {
  return routing === Routing.GatewayApi
    ? { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name }] }
    : { workloadSelector: { labels: selector } };
}
