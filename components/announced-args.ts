/**
 * Members of the arguments whose names are settled and whose work is still to come. Using one is a problem that says so.
 */
import type { AddonArgs } from "./inputs/addon-args";

/** Add-ons; each is on when its block is there. Not available yet. */
export interface AddonsArgs {
  /** Metrics. */
  prometheus?: AddonArgs;
  /** Dashboards. */
  grafana?: AddonArgs;
  /** The mesh's own console. */
  kiali?: AddonArgs;
  /** Traces. */
  jaeger?: AddonArgs;
  /** The EKS add-on amazon-cloudwatch-observability. */
  cloudwatch?: AddonArgs;
}
