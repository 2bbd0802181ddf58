import { z } from "zod";
import { field } from "../form";
import { wholeNumber } from "../number";
import { mapOf, shape } from "../shape";
import { labelValue, labelKey } from "../text";

/** Ports of some pods that must stay reachable without mTLS, such as metrics that a scraper outside the mesh reads. */
export interface PlaintextPortsArgs {
  /**
   * Labels of the pods. Istio takes ports only together with pods, and for each pod only one such choice: two entries may
   * not choose the same pods.
   *
   * @example `{ app: "shop" }`
   */
  selector: { [label: string]: string };
  /**
   * Ports on which the pods listen (not those of their Service). With sidecars a Service must lead to them, or Istio
   * does not look at them.
   *
   * @example `[9090]`
   */
  ports: number[];
}

/** A TCP or UDP port. */
export const port = wholeNumber(1, 65535);

export const plaintextPortsShape = shape({
  selector: mapOf(field(labelValue), labelKey),
  ports: z.array(field(port)),
} satisfies Record<keyof PlaintextPortsArgs, z.ZodType>);
