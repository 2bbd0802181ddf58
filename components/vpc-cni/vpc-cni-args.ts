import type { z } from "zod";
import { choice } from "../inputs/choice";
import { field } from "../inputs/form";
import { shape } from "../inputs/shape";
import { PodSecurityGroupEnforcingMode } from "../plan/enums";

/**
 * How the Amazon VPC CNI treats pods that a SecurityGroupPolicy gives security groups of their own. Of those alone
 * ambient mode asks something: the kubelet's probes reach them from an address inside the node, which `strict` drops.
 */
export interface VpcCniArgs {
  /**
   * `standard`: traffic within a node passes by the pods' groups. `strict`: all of it obeys them, the probes too.
   *
   * @defaultValue untouched; the VPC CNI's own is `strict`
   * @remarks Pods that have security groups must be made anew after a change.
   * @example `"standard"`
   */
  podSecurityGroupEnforcingMode?: PodSecurityGroupEnforcingMode;
  /**
   * `patch`: set it in the DaemonSet `aws-node`, which you manage yourself; on destroy it goes back to the VPC CNI's own.
   * A managed add-on would undo the patch: give `vpcCniConfiguration(...)` to its `configurationValues` instead.
   *
   * @defaultValue nothing is changed
   * @example `"patch"`
   */
  apply?: string;
}

export const vpcCniShape = shape({
  podSecurityGroupEnforcingMode: field(choice(PodSecurityGroupEnforcingMode)).optional(),
  apply: field(
    choice({ patch: "patch" }, { addon: "give vpcCniConfiguration(...) to the configurationValues of the add-on" }),
  ).optional(),
} satisfies Record<keyof VpcCniArgs, z.ZodType>);
