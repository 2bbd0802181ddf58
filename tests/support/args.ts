import { type IngressArgs, IngressStrategy, type IstioMeshArgs, Mode, Routing } from "../../components";

/** The smallest arguments that are valid. */
export const smallest: IstioMeshArgs = { mode: "sidecar", cluster: { name: "prod" } };

/** The smallest arguments with an ingress; `ingress` adds to it or changes it. */
export function withIngress(ingress: Partial<IngressArgs>, args: Partial<IstioMeshArgs> = {}): IstioMeshArgs {
  return { ...smallest, ...args, ingress: { strategy: "nlb", ...ingress } };
}

/** All that changes the order of things: mode, strategy and routing. */
export interface Combination {
  readonly mode: Mode;
  readonly strategy: IngressStrategy;
  readonly routing: Routing;
}

/** Every way to combine them. */
export const combinations: readonly Combination[] = Object.values(Mode).flatMap((mode) =>
  Object.values(IngressStrategy).flatMap((strategy) =>
    Object.values(Routing).map((routing) => ({ mode, strategy, routing })),
  ),
);

/** A mesh with everything that has a place in the order: certificate, records, a namespace of ours and one of others. */
export function wholeMesh({ mode, strategy, routing }: Combination): IstioMeshArgs {
  return {
    mode,
    cluster: { name: "prod", nodeSecurityGroupIds: ["sg-0123456789abcdef0"] },
    ingress: {
      ...{ strategy, routing, scheme: "internet-facing" },
      hostnames: ["app.example.com"],
      dns: { zoneName: "example.com" },
      tls: { requestCertificate: true },
    },
    namespaces: { shop: {}, legacy: { create: false } },
  };
}
