import { z } from "zod";
import { field } from "../inputs/form";
import { wholeNumber } from "../inputs/number";
import { problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import { anyText } from "../inputs/text";
import type { Resolved } from "../plan/problem";
import type { CleanupSettings } from "../plan/settings";

/**
 * What `pulumi destroy` does first: it removes the load balancers' Kubernetes objects with kubectl and waits until the
 * controller has removed the load balancers. If that fails, nothing else has been touched yet.
 */
export interface CleanupArgs {
  /**
   * `false`: the command does nothing and needs no kubectl; Pulumi's own deletes still wait for the load balancers. It
   * may be switched at any time: the command stays, is updated in place, and removes nothing.
   *
   * @defaultValue `true`
   * @example `false`
   */
  enabled?: boolean;
  /** How long to wait for all load balancers together, 30 to 3600 seconds. @defaultValue `600` @example `1200` */
  timeoutSeconds?: number;
  /**
   * Also wait until AWS has released their network interfaces; needs the `aws` command at destroy.
   *
   * @defaultValue `false`
   * @example `true`
   */
  waitForNetworkInterfaces?: boolean;
  /**
   * A cluster that does not answer counts as gone. Its load balancers may then stay behind in AWS.
   *
   * @defaultValue `false`
   * @example `true`
   */
  ignoreUnreachableCluster?: boolean;
  /** The kubectl to use. @defaultValue `"kubectl"` on the PATH @example `"/usr/local/bin/kubectl"` */
  kubectl?: string;
}

export const cleanupShape = shape({
  enabled: z.boolean().optional(),
  timeoutSeconds: field(wholeNumber(30, 3600)).optional(),
  waitForNetworkInterfaces: z.boolean().optional(),
  ignoreUnreachableCluster: z.boolean().optional(),
  kubectl: field(anyText).optional(),
} satisfies Record<keyof CleanupArgs, z.ZodType>);

/** Fills in the defaults; undefined if switched off. */
export function resolveCleanup(args: CleanupArgs): Resolved<CleanupSettings | undefined> {
  const enabled = args.enabled ?? true;
  return {
    settings: enabled
      ? {
          timeoutSeconds: args.timeoutSeconds ?? 600,
          waitForNetworkInterfaces: args.waitForNetworkInterfaces ?? false,
          ignoreUnreachableCluster: args.ignoreUnreachableCluster ?? false,
          kubectl: args.kubectl ?? "kubectl",
        }
      : undefined,
    problems: Object.entries(args).flatMap(([member, given]) =>
      problemIf(!enabled && member !== "enabled" && given !== undefined, `cleanup.${member}`, {
        given,
        allowed: "nothing while enabled is false",
        suggestion: "remove it, or enabled: false",
      }),
    ),
    warnings: [],
  };
}
