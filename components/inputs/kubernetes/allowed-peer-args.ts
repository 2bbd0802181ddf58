import { z } from "zod";
import { Protocol, TrafficDirection } from "../../plan/enums";
import { choice } from "../choice";
import { cidr } from "../network/cidr";
import { field } from "../form";
import { port } from "./plaintext-ports-args";
import { mapOf, shape } from "../shape";
import { kubernetesName, labelValue, labelKey } from "../text";

/**
 * Someone outside the mesh whom a namespace's NetworkPolicy lets in, or out to: a configuration server, a database, a
 * scraper, a caller without proxy. Named by `cidr`, or by `namespace` and `podLabels` (one of them, or both).
 */
export interface AllowedPeerArgs {
  /** `ingress`: they may call the namespace's pods. `egress`: the pods may call them. @example `"egress"` */
  direction: TrafficDirection;
  /** Namespace of their pods. @defaultValue with `podLabels`: the same namespace @example `"monitoring"` */
  namespace?: string;
  /** Labels of their pods. @defaultValue every pod of `namespace` @example `{ app: "prometheus" }` */
  podLabels?: { [label: string]: string };
  /** Range of their addresses. @example `"10.0.8.0/24"` */
  cidr?: string;
  /**
   * Ports on which they (`egress`) or the namespace's pods (`ingress`) listen.
   *
   * @defaultValue every port
   * @example `[5432]`
   */
  ports?: number[];
  /** Protocol of the ports. @defaultValue `"TCP"` @example `"UDP"` */
  protocol?: Protocol;
}

export const allowedPeerShape = shape({
  direction: field(choice(TrafficDirection)),
  namespace: field(kubernetesName).optional(),
  podLabels: mapOf(field(labelValue), labelKey).optional(),
  cidr: field(cidr).optional(),
  ports: z.array(field(port)).optional(),
  protocol: field(choice(Protocol)).optional(),
} satisfies Record<keyof AllowedPeerArgs, z.ZodType>);
