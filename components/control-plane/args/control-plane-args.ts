import { z } from "zod";
import { field } from "../../inputs/form";
import { wholeNumber } from "../../inputs/number";
import { problemIf } from "../../inputs/problem";
import { mapOf, shape } from "../../inputs/shape";
import { anyText, labelValue, labelKey } from "../../inputs/text";
import { type TolerationArgs, tolerationShape } from "../../inputs/kubernetes/toleration-args";
import { type ResourcesArgs, checkResources, resourcesShape } from "../../inputs/kubernetes/pod-resources-args";
import type { Problem } from "../../plan/problem";
import { Profile } from "../../plan/enums";

/** The pods of istiod. They are spread over zones and nodes, and a PodDisruptionBudget keeps one alive. */
export interface ControlPlaneArgs {
  /** Minimum number of pods. @defaultValue `2`; with profile `demo` `1` @example `3` */
  minReplicas?: number;
  /**
   * Maximum number of pods; the autoscaler needs metrics-server. Equal to `minReplicas`: no autoscaler.
   *
   * @defaultValue `5`; with profile `demo` `1`
   * @example `10`
   */
  maxReplicas?: number;
  /**
   * Requests and limits of each pod.
   *
   * @defaultValue the chart's: 500m CPU and 2048Mi memory requested; with profile `demo` 10m and 100Mi
   */
  resources?: ResourcesArgs;
  /** PriorityClass of the pods. @defaultValue `"system-cluster-critical"` @example `"platform-critical"` */
  priorityClassName?: string;
  /** Labels of the nodes it may run on. @example `{ role: "platform" }` */
  nodeSelector?: { [label: string]: string };
  /** Taints of nodes that it tolerates. */
  tolerations?: TolerationArgs[];
}

export const controlPlaneShape = shape({
  minReplicas: field(wholeNumber(1, 100)).optional(),
  maxReplicas: field(wholeNumber(1, 100)).optional(),
  resources: resourcesShape.optional(),
  priorityClassName: field(anyText).optional(),
  nodeSelector: mapOf(field(labelValue), labelKey).optional(),
  tolerations: z.array(tolerationShape).optional(),
} satisfies Record<keyof ControlPlaneArgs, z.ZodType>);

/** Fills in the documented defaults. */
export function controlPlaneDefaults(args: ControlPlaneArgs, profile: Profile = Profile.Default) {
  const demo = profile === Profile.Demo;
  const [least, most] = demo ? [1, 1] : [2, 5];
  const minReplicas = args.minReplicas ?? Math.min(least, args.maxReplicas ?? least);
  const resources = args.resources ?? (demo ? { requests: { cpu: "10m", memory: "100Mi" } } : undefined);
  return {
    minReplicas,
    maxReplicas: args.maxReplicas ?? Math.max(most, minReplicas),
    resources: resources === undefined ? undefined : { ...resources },
    priorityClassName: args.priorityClassName ?? "system-cluster-critical",
    nodeSelector: args.nodeSelector ?? {},
    tolerations: args.tolerations ?? [],
  };
}

export function checkControlPlane(args: ControlPlaneArgs, profile: Profile = Profile.Default): readonly Problem[] {
  const { minReplicas, maxReplicas } = controlPlaneDefaults(args, profile);
  return [
    ...problemIf(minReplicas > maxReplicas, "controlPlane.minReplicas", {
      given: minReplicas,
      allowed: `at most maxReplicas, ${maxReplicas}`,
      suggestion: "lower minReplicas or raise maxReplicas",
    }),
    ...checkResources(args.resources ?? {}, "controlPlane.resources"),
  ];
}
