import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/leaf";

/** How istiod is to shape the pods that it makes for a Gateway. */
export interface GatewayParameters {
  /** Logical name of the ConfigMap. */
  readonly logicalName: string;
  /** Name of the Gateway, and its namespace. */
  readonly gateway: string;
  readonly namespace: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Undefined: what the control plane's chart says of such pods. */
  readonly resources: Tree | undefined;
  readonly spread: readonly Tree[];
  readonly after: readonly string[];
}

/** Plans the ConfigMap that a Gateway's `parametersRef` names: pods, autoscaler, disruption budget. Each value is a YAML patch. */
export function planParameters(parameters: GatewayParameters): KubernetesObjectPlan {
  const { logicalName, gateway, namespace, minReplicas, maxReplicas, resources, spread, after } = parameters;
  const containers = resources === undefined ? {} : { containers: [{ name: "istio-proxy", resources }] };
  const pods = { ...containers, topologySpreadConstraints: spread };
  const fixed = minReplicas === maxReplicas;
  const data = {
    deployment: yaml({ spec: { ...(fixed ? { replicas: minReplicas } : {}), template: { spec: pods } } }),
    ...(fixed ? {} : { horizontalPodAutoscaler: yaml({ spec: { minReplicas, maxReplicas } }) }),
    ...(minReplicas > 1 ? { podDisruptionBudget: yaml({ spec: { minAvailable: 1 } }) } : {}),
  };
  return {
    name: logicalName,
    after,
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: parametersName(gateway), namespace },
    body: { data },
  };
}

/** JSON is YAML. */
function yaml(patch: Tree): string {
  return JSON.stringify(patch, null, 2);
}

/** What a Gateway says of its parameters. */
export function parametersRef(gateway: string): Tree {
  return { group: "", kind: "ConfigMap", name: parametersName(gateway) };
}

function parametersName(gateway: string): string {
  return `${gateway}-parameters`;
}
