import type { Routing } from "./enums";
import type { Tree } from "./input-value";

/** Gateway pods: one Helm release, or one Gateway object that istiod turns into a Deployment. */
export interface GatewaySettings {
  readonly name: string;
  readonly namespace: string;
  readonly routing: Routing;
  /** Who makes the pods: the gateway chart, istiod, or someone else (profile `empty`). */
  readonly createdBy: "chart" | "istiod" | "someone-else";
  /** Who makes the Service before the pods: the mesh, one with a load balancer; or the chart, one inside the cluster. */
  readonly service: "ours" | "chart";
  /** Labels the user asked for, on the pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** The labels that select exactly these pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly resources: Tree;
  /** Where the pods may run. */
  readonly nodeSelector: Tree;
  readonly tolerations: readonly unknown[];
  readonly affinity: Tree | undefined;
  /** The settings of the namespace; undefined: none. */
  readonly createNamespace: boolean | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** How long a pod that is being removed still answers; undefined: no load balancer stands before it, Istio's defaults hold. */
  readonly drainSeconds: number | undefined;
  /** Annotations of the pods: what stands before them, so that the proxy finds the client's address. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Entries of X-Forwarded-For, from its end, that the proxy believes. */
  readonly trustedProxies: number;
  /** The network of Istio that the pods are the entrance to; undefined: they are no east-west gateway. */
  readonly network?: string;
}
