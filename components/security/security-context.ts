import type { Tree } from "../plan/input-value";
import type { NamespaceSettings, ControlPlaneSettings } from "../plan/settings";
import type { LoadBalancerController, Profile } from "../plan/enums";
import type { NamespacePoliciesArgs } from "./namespace-policies-args";
import type { NamespaceArgs } from "../control-plane/namespaces/namespace-args";
import { isTree } from "../control-plane/charts/values/chart-values";

/** What security must know of the mesh around it. */
export interface SecurityContext {
  readonly profile: Profile;
  /** When the arguments are checked. */
  readonly now: Date;
  readonly controller: LoadBalancerController;
  /** Namespace of the control plane. */
  readonly istioNamespace: string;
  /** Mesh configuration that the user wrote; what an earlier one says counts. */
  readonly meshConfigs: readonly Tree[];
  readonly namespaces: readonly NamespaceSettings[];
  /** What the user wrote for each namespace. */
  readonly policies: Readonly<Record<string, NamespacePoliciesArgs>>;
}

/** Arguments of the mesh besides `security` that decide who may talk to whom. */
export interface MeshSecurityArgs {
  readonly namespaces?: Readonly<Record<string, NamespaceArgs>>;
}

/** The settings of other capabilities that decide what security means. */
export interface MeshSecuritySettings {
  readonly controlPlane: ControlPlaneSettings;
  readonly controller: LoadBalancerController;
  readonly namespaces: readonly NamespaceSettings[];
}

/** What `security` must know, from the arguments and settings of other capabilities. */
export function securityContext(
  { namespaces: policies = {} }: MeshSecurityArgs,
  { controlPlane, controller, namespaces }: MeshSecuritySettings,
): SecurityContext {
  const { profile, namespace, meshConfig, values } = controlPlane;
  const { meshConfig: inValues } = values.istiod;
  return {
    profile,
    now: new Date(),
    controller,
    istioNamespace: namespace,
    // As Helm merges them.
    meshConfigs: isTree(inValues) ? [inValues, meshConfig] : [meshConfig],
    namespaces,
    policies,
  };
}
