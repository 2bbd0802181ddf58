import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterFacts } from "../plan/facts";

export interface ProviderOptions {
  readonly parent: pulumi.Resource;
  /** Take over objects that exist already, in place of refusing. */
  readonly upsertExistingObjects?: boolean;
}

/**
 * Makes a Kubernetes provider for the cluster. It is replaced, with everything made by it, only when the cluster is another
 * one, not when its address or certificate changes.
 */
export function makeKubernetesProvider(name: string, facts: ClusterFacts, options: ProviderOptions): Provider {
  const { parent, ...settings } = options;
  return new Provider(
    name,
    { kubeconfig: facts.kubeconfig(), clusterIdentifier: facts.identifier(), ...settings },
    { parent },
  );
}
