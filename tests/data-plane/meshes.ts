import type { TestEnv } from "../live/test-env/test-env";

/**
 * A release build of Envoy lacks the extensions of Istio's own build. These settings leave out what needs them: metrics,
 * whom they are about, and hints about protocols. Routes, TLS, authorization, retries and endpoints are as they are without.
 */
const istiodWithoutItsExtensions = {
  env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" },
  telemetry: { enabled: false },
  meshConfig: { defaultConfig: { proxyMetadata: { PEER_METADATA_DISCOVERY: "false" } } },
};

export const host = "app.example.com";
export const routes = [{ host, service: "web", namespace: "shop", port: 8080 }];

export interface MeshOptions {
  readonly ingress?: object;
  readonly namespaces?: object;
  readonly more?: object;
}

/** A mesh of sidecars behind an NLB that ends TLS, with one name, and a route to the application. */
export function sidecarsBehindNlb({ account, repository }: TestEnv, options: MeshOptions = {}): object {
  return {
    mode: "sidecar",
    cluster: { name: account.clusterName },
    istio: { chartRepository: repository.chartRepository, values: { istiod: istiodWithoutItsExtensions } },
    ingress: {
      strategy: "nlb",
      scheme: "internet-facing",
      hostnames: [host],
      dns: { zoneName: "example.com" },
      tls: { requestCertificate: true },
      routes,
      // Shorter than the default: pods drain for as long as they do in a cluster.
      gateway: { drainSeconds: 20 },
      ...options.ingress,
    },
    namespaces: { shop: {}, ...options.namespaces },
    cleanup: { timeoutSeconds: 60 },
    ...options.more,
  };
}

/** The same in ambient mode: the gateway and the application reach each other through ztunnel. */
export function ambientBehindNlb(testEnv: TestEnv, options: MeshOptions = {}): object {
  const gatewayApi = { manifest: testEnv.repository.gatewayApiManifest };
  return { ...sidecarsBehindNlb(testEnv, options), mode: "ambient", gatewayApi };
}
