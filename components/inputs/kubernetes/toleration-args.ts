import type { z } from "zod";
import { choice } from "../choice";
import { field } from "../form";
import { wholeNumber } from "../number";
import { shape } from "../shape";
import { labelKey, labelValue } from "../text";

/** A taint that pods tolerate, as in Kubernetes. */
export interface TolerationArgs {
  /** The taint's key; empty with operator `Exists`: every taint. @example `"dedicated"` */
  key?: string;
  /** `Equal` or `Exists`. @example `"Equal"` */
  operator?: string;
  /** The taint's value, with operator `Equal`. @example `"gateway"` */
  value?: string;
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. @example `"NoSchedule"` */
  effect?: string;
  /** How long a pod stays on a node that gets a `NoExecute` taint. @example `300` */
  tolerationSeconds?: number;
}

export const tolerationShape = shape({
  key: field(labelKey).optional(),
  operator: field(choice({ equal: "Equal", exists: "Exists" })).optional(),
  value: field(labelValue).optional(),
  effect: field(choice({ a: "NoSchedule", b: "PreferNoSchedule", c: "NoExecute" })).optional(),
  tolerationSeconds: field(wholeNumber(0, 1_000_000)).optional(),
} satisfies Record<keyof TolerationArgs, z.ZodType>);
