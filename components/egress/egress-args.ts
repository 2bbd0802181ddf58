import { z } from "zod";
import { choice } from "../inputs/choice";
import { field } from "../inputs/form";
import { hostname } from "../inputs/hostname";
import { shape } from "../inputs/shape";
import { EgressPolicy } from "../plan/words";

/** Where traffic out of the mesh may go, and by which way. */
export interface EgressArgs {
  /**
   * `allow-any`: everywhere. `registry-only`: to hosts that the mesh knows, which are its own Services, `hosts`, and
   * ServiceEntries of yours.
   *
   * @defaultValue Istio's, `"allow-any"`
   * @remarks Sidecars, gateways and waypoints obey it; ztunnel lets everything out. It keeps out mistakes, not attackers,
   * for whom NetworkPolicies are made. Name the hosts in one step and write `registry-only` in the next.
   */
  policy?: EgressPolicy;
  /**
   * Leads the traffic to `hosts` through pods of its own in the namespace `istio-egress`: in sidecar mode an egress gateway, in
   * ambient mode a waypoint. They are where to look, and to allow, what leaves the mesh.
   *
   * @defaultValue `false`; with profile `demo` `true`
   */
  gateway?: boolean;
  /**
   * Hosts outside the mesh, reached by HTTP on port 80 and TLS on port 443. Wildcards only without `gateway`, which must
   * look up a name.
   *
   * @defaultValue `[]`
   * @example `["api.stripe.com", "*.amazonaws.com"]`
   */
  hosts?: string[];
}

export const egressShape = shape({
  policy: field(choice(EgressPolicy)).optional(),
  gateway: z.boolean().optional(),
  hosts: z.array(field(hostname)).optional(),
} satisfies Record<keyof EgressArgs, z.ZodType>);
