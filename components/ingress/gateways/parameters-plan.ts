import { createHash } from "node:crypto";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import { type Placement, placement } from "../../inputs/kubernetes/placement";
import { gracePeriod } from "../../inputs/kubernetes/grace-period";

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
  /** Where the pods may run; undefined: on any node. */
  readonly placement: Placement | undefined;
  /** How the pods are exchanged. */
  readonly rollout: Tree;
  /** How long a pod that is being removed still answers; undefined: Istio's default. */
  readonly drainSeconds: number | undefined;
  readonly after: readonly string[];
}

/** Plans the ConfigMap that a Gateway's `parametersRef` names: pods, autoscaler, disruption budget. Each value is a YAML patch. */
export function planParameters(parameters: GatewayParameters): KubernetesObjectPlan {
  const { logicalName, gateway, namespace, after } = parameters;
  const data = patchesOf(parameters);
  return {
    name: logicalName,
    after,
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: parametersName(gateway, data), namespace },
    body: { data },
  };
}

type Patches = Readonly<Record<string, string>>;

function patchesOf({ minReplicas, maxReplicas, rollout, ...pod }: GatewayParameters): Patches {
  const pods = podPatch(pod);
  const fixed = minReplicas === maxReplicas;
  const replicas = fixed ? { replicas: minReplicas } : {};
  return {
    deployment: yaml({ spec: { ...replicas, strategy: rollout, template: { spec: pods } } }),
    ...(fixed ? {} : { horizontalPodAutoscaler: yaml({ spec: { minReplicas, maxReplicas } }) }),
    ...(minReplicas > 1 ? { podDisruptionBudget: yaml({ spec: { minAvailable: 1 } }) } : {}),
  };
}

type PodParameters = Pick<GatewayParameters, "resources" | "spread" | "placement" | "drainSeconds">;

function podPatch({ resources, spread, placement: where, drainSeconds }: PodParameters): Tree {
  const terminationGracePeriodSeconds = gracePeriod(drainSeconds);
  return {
    ...(resources === undefined ? {} : { containers: [{ name: "istio-proxy", resources }] }),
    ...(where === undefined ? {} : placement(where)),
    topologySpreadConstraints: spread,
    ...(terminationGracePeriodSeconds === undefined ? {} : { terminationGracePeriodSeconds }),
  };
}

/** JSON is YAML. */
function yaml(patch: Tree): string {
  return JSON.stringify(patch, null, 2);
}

/** What a Gateway says of its parameters. */
export function parametersRef({ metadata }: KubernetesObjectPlan): Tree {
  return { group: "", kind: "ConfigMap", name: metadata.name };
}

/**
 * A name that follows from the content, because Pulumi replaces a ConfigMap when its data change: under a fixed name the
 * old one would be deleted first, and a gateway whose parameters are missing is not programmed.
 */
function parametersName(gateway: string, data: Patches): string {
  const content = createHash("sha256").update(JSON.stringify(data)).digest("hex");
  return `${gateway}-parameters-${content.slice(0, 8)}`;
}
