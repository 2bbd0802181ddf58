import type { z } from "zod";
import { field } from "../inputs/form";
import { wholeNumber } from "../inputs/number";
import { problemIf } from "../inputs/problem";
import { mapOf, shape } from "../inputs/shape";
import { kubernetesName, labelValue } from "../inputs/text";
import type { Problem } from "../plan/problem";
import { Profile } from "../plan/words";
import { type ResourcesArgs, checkResources, resourcesShape } from "../inputs/pod-resources-args";

/** The pods behind a load balancer. */
export interface GatewayArgs {
  /** Pods at the least. Two or more get a PodDisruptionBudget. @defaultValue `2`; with profile `demo` `1` */
  minReplicas?: number;
  /** Pods at the most; the autoscaler needs metrics-server. Equal to `minReplicas`: no autoscaler. @defaultValue `5`; with profile `demo` `1` */
  maxReplicas?: number;
  /** @defaultValue requests 100m CPU and 128Mi memory, limits 1000m and 1024Mi; profile `demo` requests 10m and 40Mi */
  resources?: ResourcesArgs;
  /**
   * Name of the ingress whose gateway pods serve this one too, so that several load balancers stand before one gateway.
   * The other members then belong to that ingress.
   *
   * @remarks Pods that are shared share their listeners: a client of one load balancer reaches the hosts of the other by
   * sending their name, unless both ingresses say which `hostnames` they serve.
   */
  shareWith?: string;
  /** Namespace of the pods; made and removed with the mesh. @defaultValue `"istio-ingress"` */
  namespace?: string;
  /**
   * Labels of the pods. `istio` is the one that Istio Gateways select.
   *
   * @defaultValue with `routing: "istio"`: `app: <ingress>`, `istio: <ingress without "istio-">`
   * @example `{ istio: "gateway" }`
   */
  labels?: { [label: string]: string };
}

export const gatewayShape = shape({
  minReplicas: field(wholeNumber(1, 200)).optional(),
  maxReplicas: field(wholeNumber(1, 200)).optional(),
  resources: resourcesShape.optional(),
  shareWith: field(kubernetesName).optional(),
  namespace: field(kubernetesName).optional(),
  labels: mapOf(field(labelValue)).optional(),
} satisfies Record<keyof GatewayArgs, z.ZodType>);

/** Fills in what the docs promise. */
export function gatewayDefaults(args: GatewayArgs, profile: Profile = Profile.Default) {
  const demo = profile === Profile.Demo;
  const [least, most] = demo ? [1, 1] : [2, 5];
  const [cpu, memory] = demo ? ["10m", "40Mi"] : ["100m", "128Mi"];
  const minReplicas = args.minReplicas ?? Math.min(least, args.maxReplicas ?? least);
  const { requests = {}, limits = {} } = args.resources ?? {};
  return {
    namespace: args.namespace ?? "istio-ingress",
    labels: args.labels ?? {},
    minReplicas,
    maxReplicas: args.maxReplicas ?? Math.max(most, minReplicas),
    resources: {
      requests: { cpu: requests.cpu ?? cpu, memory: requests.memory ?? memory },
      limits: { cpu: limits.cpu ?? "1000m", memory: limits.memory ?? "1024Mi" },
    },
  };
}

/** Rules of the gateway's own members. */
export function checkGateway(args: GatewayArgs, path: string, profile: Profile = Profile.Default): readonly Problem[] {
  const { minReplicas, maxReplicas, resources } = gatewayDefaults(args, profile);
  return [
    ...problemIf(minReplicas > maxReplicas, `${path}.minReplicas`, {
      given: minReplicas,
      allowed: `at most maxReplicas, ${maxReplicas}`,
      remedy: "lower minReplicas or raise maxReplicas",
    }),
    ...checkResources(resources, `${path}.resources`),
    ...checkSharing(args, path),
  ];
}

function checkSharing({ shareWith, ...own }: GatewayArgs, path: string): readonly Problem[] {
  if (shareWith === undefined) return [];
  return Object.entries(own).flatMap(([member, given]) =>
    problemIf(given !== undefined, `${path}.${member}`, {
      given,
      allowed: `nothing beside shareWith: the pods belong to "${shareWith}"`,
      remedy: `move it to the gateway of "${shareWith}"`,
    }),
  );
}
