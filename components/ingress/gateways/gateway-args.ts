import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { field } from "../../inputs/form";
import { knownTree } from "../../inputs/known-tree";
import { wholeNumber } from "../../inputs/number";
import { problemIf } from "../../inputs/problem";
import { mapOf, shape } from "../../inputs/shape";
import { resourceName, labelValue, labelKey } from "../../inputs/text";
import type { Problem } from "../../plan/problem";
import { Profile } from "../../plan/enums";
import {
  type ResourcesArgs,
  checkResources,
  resourcesWithoutCpuLimitShape,
} from "../../inputs/kubernetes/pod-resources-args";
import { type TolerationArgs, tolerationShape } from "../../inputs/kubernetes/toleration-args";

/** The pods behind a load balancer. */
export interface GatewayArgs {
  /** Minimum number of pods. Two or more get a PodDisruptionBudget. @defaultValue `2`; with profile `demo` `1` @example `3` */
  minReplicas?: number;
  /**
   * Maximum number of pods; the autoscaler needs metrics-server. Equal to `minReplicas`: no autoscaler.
   *
   * @defaultValue `5`; with profile `demo` `1`
   * @example `20`
   */
  maxReplicas?: number;
  /**
   * CPU and memory of each pod. `limits.cpu: "none"` leaves the limit of CPU out, so that a busy pod is not throttled.
   *
   * @defaultValue requests 100m CPU and 128Mi memory, limits 1000m and 1024Mi; profile `demo` requests 10m and 40Mi
   */
  resources?: ResourcesArgs;
  /**
   * Labels of the nodes on which the pods may run.
   *
   * @defaultValue any node
   * @example `{ role: "edge" }`
   */
  nodeSelector?: { [label: string]: string };
  /** Taints of nodes that the pods tolerate. @example `[{ key: "dedicated", operator: "Equal", value: "edge", effect: "NoSchedule" }]` */
  tolerations?: TolerationArgs[];
  /**
   * Affinity of the pods, as in Kubernetes: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
   *
   * @defaultValue none; the pods are spread over zones and nodes
   * @example `{ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname", labelSelector: {} }] } }`
   */
  affinity?: pulumi.Inputs;
  /**
   * Name of the ingress whose gateway pods serve this one too, so that several load balancers stand before one gateway.
   * The other members then belong to that ingress.
   *
   * @remarks Pods that are shared share their listeners: a client of one load balancer reaches the hosts of the other by
   * sending their name, unless both ingresses say which `hostnames` they serve.
   * @example `"istio-ingress"`
   */
  shareWith?: string;
  /**
   * Namespace of the pods; made and removed with the mesh, unless `createNamespace` is `false`.
   *
   * @defaultValue `"istio-ingress"`
   * @example `"edge"`
   */
  namespace?: string;
  /**
   * Whether the mesh makes the namespace, and removes it on destroy. `false`: it exists already; its labels are patched, and
   * taken back on destroy, and only objects that the mesh made are removed from it. Ingresses whose gateways have one
   * namespace must agree.
   *
   * @defaultValue `true`
   * @remarks Do not change it from `true` to `false` for a namespace that the mesh made: Pulumi would delete the namespace with
   * everything in it. To hand it over, first remove it from the stack's state with `pulumi state delete`.
   * @example `false`
   */
  createNamespace?: boolean;
  /**
   * More labels for the namespace. They win over the mesh's own.
   *
   * @defaultValue none; with an NLB whose targets are pods, the label that has the load balancer controller inject readiness gates
   * @example `{ "pod-security.kubernetes.io/enforce": "baseline" }`
   */
  namespaceLabels?: { [label: string]: string };
  /**
   * Labels of the pods. `istio` is the one that Istio Gateways select.
   *
   * @defaultValue with `routing: "istio"`: `app: <ingress>`, `istio: <ingress without "istio-">`
   * @remarks Changing `app` or `istio` with `routing: "istio"` replaces the pods: no requests are answered until the new ones
   * are ready. The load balancer stays.
   * @example `{ istio: "gateway" }`
   */
  labels?: { [label: string]: string };
  /**
   * Seconds for which a pod that is being removed still answers, 1 to 3600. From it follow the drain time of its Envoy, the
   * grace period of the pod (30 seconds longer), and the deregistration delay of the load balancer's target groups. Requests
   * and connections that last longer are cut off.
   *
   * @defaultValue `60`
   * @remarks Changing it rolls the pods and updates the target groups in place.
   * @example `120`
   */
  drainSeconds?: number;
}

/** Limit: `deregistration_delay.timeout_seconds`, https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const longestDrain = 3600;

export const gatewayShape = shape({
  minReplicas: field(wholeNumber(1, 200)).optional(),
  maxReplicas: field(wholeNumber(1, 200)).optional(),
  resources: resourcesWithoutCpuLimitShape.optional(),
  nodeSelector: mapOf(field(labelValue), labelKey).optional(),
  tolerations: z.array(tolerationShape).optional(),
  affinity: field(knownTree).optional(),
  shareWith: field(resourceName).optional(),
  namespace: field(resourceName).optional(),
  createNamespace: z.boolean().optional(),
  namespaceLabels: mapOf(field(labelValue), labelKey).optional(),
  labels: mapOf(field(labelValue), labelKey).optional(),
  drainSeconds: field(wholeNumber(1, longestDrain)).optional(),
} satisfies Record<keyof GatewayArgs, z.ZodType>);

/** Fills in the documented defaults. */
export function gatewayDefaults(args: GatewayArgs, profile: Profile = Profile.Default) {
  const demo = profile === Profile.Demo;
  const [least, most] = demo ? [1, 1] : [2, 5];
  const [cpu, memory] = demo ? ["10m", "40Mi"] : ["100m", "128Mi"];
  const minReplicas = args.minReplicas ?? Math.min(least, args.maxReplicas ?? least);
  const { requests = {}, limits = {} } = args.resources ?? {};
  return {
    namespace: args.namespace ?? "istio-ingress",
    createNamespace: args.createNamespace,
    namespaceLabels: args.namespaceLabels ?? {},
    nodeSelector: args.nodeSelector ?? {},
    tolerations: args.tolerations ?? [],
    affinity: args.affinity,
    labels: args.labels ?? {},
    drainSeconds: args.drainSeconds ?? 60,
    minReplicas,
    maxReplicas: args.maxReplicas ?? Math.max(most, minReplicas),
    resources: {
      requests: { cpu: requests.cpu ?? cpu, memory: requests.memory ?? memory },
      // Null takes the limit out of what the chart, or istiod's template, has by itself.
      limits: { cpu: limits.cpu === "none" ? null : (limits.cpu ?? "1000m"), memory: limits.memory ?? "1024Mi" },
    },
  };
}

/** Rules of the gateway's own members. */
export function checkGateway(args: GatewayArgs, path: string, profile: Profile = Profile.Default): readonly Problem[] {
  const { minReplicas, maxReplicas, resources } = gatewayDefaults(args, profile);
  const { requests } = resources;
  const { cpu, memory } = resources.limits;
  return [
    ...problemIf(minReplicas > maxReplicas, `${path}.minReplicas`, {
      given: minReplicas,
      allowed: `at most maxReplicas, ${maxReplicas}`,
      suggestion: "lower minReplicas or raise maxReplicas",
    }),
    ...checkResources({ requests, limits: { memory, ...(cpu === null ? {} : { cpu }) } }, `${path}.resources`),
    ...checkSharing(args, path),
  ];
}

function checkSharing({ shareWith, ...own }: GatewayArgs, path: string): readonly Problem[] {
  if (shareWith === undefined) return [];
  return Object.entries<unknown>(own).flatMap(([member, given]) =>
    problemIf(given !== undefined, `${path}.${member}`, {
      given,
      allowed: `nothing beside shareWith: the pods belong to "${shareWith}"`,
      suggestion: `move it to the gateway of "${shareWith}"`,
    }),
  );
}
