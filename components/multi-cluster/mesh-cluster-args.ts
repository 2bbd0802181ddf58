import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../cluster/cluster-args";
import type { NamespaceArgs } from "../control-plane/namespaces/namespace-args";
import type { Mode } from "../plan/enums";
import type { MultiClusterArgs } from "./multi-cluster-args";

/** The arguments of a mesh that decide how it is one with those of other clusters. */
export interface MeshClusterArgs {
  readonly mode: Mode;
  readonly cluster: ClusterArgs;
  readonly namespaces?: Readonly<Record<string, NamespaceArgs>>;
  readonly multiCluster?: MultiClusterArgs;
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
}
