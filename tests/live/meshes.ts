import type { TestEnv } from "./test-env/test-env";

export interface Combination {
  readonly mode: "sidecar" | "ambient";
  readonly strategy: "nlb" | "alb";
}

export const combinations: readonly Combination[] = [
  { mode: "sidecar", strategy: "nlb" },
  { mode: "sidecar", strategy: "alb" },
  { mode: "ambient", strategy: "nlb" },
  { mode: "ambient", strategy: "alb" },
];

/** Tags that must be on every AWS resource and on the load balancers. */
export const tags = { stage: "live", team: "platform" };

/** A mesh with everything that the combination offers: a name, a certificate of its own, an enrolled namespace. */
export function meshOf({ account, repository }: TestEnv, { mode, strategy }: Combination): Record<string, unknown> {
  return {
    mode,
    cluster: { name: account.clusterName },
    istio: { chartRepository: repository.chartRepository },
    ...(mode === "ambient" ? { gatewayApi: { manifest: repository.gatewayApiManifest } } : {}),
    ingress: {
      strategy,
      scheme: "internet-facing",
      hostnames: ["app.example.com"],
      dns: { zoneName: "example.com" },
      tls: { requestCertificate: true },
      ...(strategy === "alb" ? { alb: { webAclArn: account.webAclArn } } : {}),
    },
    namespaces: { "my-app": {} },
    cleanup: { timeoutSeconds: 60 },
    tags,
  };
}
