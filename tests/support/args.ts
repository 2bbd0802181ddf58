import type { IngressArgs, IstioMeshArgs } from "../../components";

/** The smallest arguments that are valid. */
export const smallest: IstioMeshArgs = { mode: "sidecar", cluster: { name: "prod" } };

/** The smallest arguments with an ingress; `ingress` adds to it or changes it. */
export function withIngress(ingress: Partial<IngressArgs>, args: Partial<IstioMeshArgs> = {}): IstioMeshArgs {
  return { ...smallest, ...args, ingress: { strategy: "nlb", ...ingress } };
}
