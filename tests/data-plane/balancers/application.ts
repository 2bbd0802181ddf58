import { clusterName } from "./envoy-resources";
import type { Action, Balancer, Listener, Rule } from "./model";

const extensions = "type.googleapis.com/envoy.extensions";

/** What an ALB does with HTTP: X-Forwarded headers, rules by host and path, redirects, answers of its own. */
export function httpFilter(listener: Listener, { attributes }: Balancer): object {
  return {
    name: "http",
    typed_config: {
      "@type": `${extensions}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
      stat_prefix: `port-${listener.port}`,
      // Appends the client's address to X-Forwarded-For, and sets X-Forwarded-Proto by the listener.
      use_remote_address: true,
      append_x_forwarded_port: true,
      generate_request_id: false,
      server_header_transformation: "PASS_THROUGH",
      stream_idle_timeout: `${attributes["idle_timeout.timeout_seconds"] ?? "60"}s`,
      upgrade_configs: [{ upgrade_type: "websocket" }],
      route_config: {
        name: `port-${listener.port}`,
        // What is Envoy's own; an ALB sends no such header.
        request_headers_to_remove: ["x-envoy-external-address"],
        virtual_hosts: [{ name: "all", domains: ["*"], routes: listener.rules.flatMap(routesOf) }],
      },
      http_filters: [
        {
          name: "router",
          typed_config: { "@type": `${extensions}.filters.http.router.v3.Router`, suppress_envoy_headers: true },
        },
      ],
    },
  };
}

/** A rule has any of its hosts and any of its paths. */
function routesOf({ hosts, paths, action }: Rule): readonly object[] {
  const matches =
    paths.length === 0 ? [{ prefix: "/" }] : paths.map((path) => ({ safe_regex: { regex: regex(path) } }));
  const headers =
    hosts.length === 0
      ? []
      : [{ name: ":authority", string_match: { safe_regex: { regex: `(${hosts.map(regex).join("|")})(:\\d+)?` } } }];
  return matches.map((match) => ({ match: { ...match, headers }, ...routeAction(action) }));
}

/** `*` is any number of characters, `?` is one. */
function regex(pattern: string): string {
  return pattern
    .replace(/[.+^$()[\]{}|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
}

function routeAction({ forward, redirect, fixed }: Action): object {
  if (redirect !== undefined) {
    const { protocol, port, status } = redirect;
    return {
      redirect: {
        ...(protocol === "HTTPS" ? { scheme_redirect: "https" } : {}),
        ...(port.startsWith("#") ? {} : { port_redirect: Number(port) }),
        response_code: status === 302 ? "FOUND" : "MOVED_PERMANENTLY",
      },
    };
  }
  if (fixed !== undefined) return { direct_response: { status: fixed.status, body: { inline_string: fixed.body } } };
  const clusters = (forward ?? []).map(({ targetGroupArn, weight }) => ({ name: clusterName(targetGroupArn), weight }));
  return { route: { weighted_clusters: { clusters }, timeout: "0s" } };
}
