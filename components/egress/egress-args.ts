import { z } from "zod";
import { choice } from "../inputs/choice";
import { field } from "../inputs/form";
import { hostname } from "../inputs/network/hostname";
import { shape } from "../inputs/shape";
import { EgressPolicy } from "../plan/enums";

/** Where traffic out of the mesh may go, and by which way. */
export interface EgressArgs {
  /**
   * `allow-any`: everywhere. `registry-only`: to hosts that the mesh knows, which are its own Services, `hosts`, and
   * ServiceEntries of yours.
   *
   * @defaultValue Istio's, `"allow-any"`
   * @remarks Sidecars, gateways and waypoints obey it; ztunnel lets everything out. It keeps out mistakes, not attackers,
   * for whom NetworkPolicies are made. Name the hosts in one step and write `registry-only` in the next. AWS credentials
   * stay reachable: see `awsCredentials`.
   * @example `"registry-only"`
   */
  policy?: EgressPolicy;
  /**
   * Leads the traffic to `hosts` through pods of its own in the namespace `istio-egress`: in sidecar mode an egress gateway, in
   * ambient mode a waypoint. They are where to look, and to allow, what leaves the mesh.
   *
   * @defaultValue `false`; with profile `demo` `true`
   * @example `true`
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
  /**
   * Keeps reachable from where the AWS SDKs get credentials inside a pod with a sidecar, by a ServiceEntry each in the
   * namespace of the control plane: the EKS Pod Identity Agent (`169.254.170.23`, `fd00:ec2::23`), the instance metadata
   * service (`169.254.169.254`, `fd00:ec2::254`), and the regional host of AWS STS, which IAM roles for service accounts
   * (IRSA) need.
   *
   * @defaultValue `true` with `registry-only`, also where `istio.meshConfig` sets it, and where `hosts` are named without a
   * `policy`, so that the step to `registry-only` leaves no gap; else, and where no pod has a sidecar, `false`
   * @remarks AWS services themselves, such as S3, are named in `hosts`. No second entry is made for STS if `hosts` names its
   * host in the region of the stack's configuration (`aws:region`); hosts of STS in other regions are further ones. With
   * `false` pods must not need AWS credentials, or have ServiceEntries of yours for them.
   * @example `false`
   */
  awsCredentials?: boolean;
}

export const egressShape = shape({
  policy: field(choice(EgressPolicy)).optional(),
  gateway: z.boolean().optional(),
  hosts: z.array(field(hostname)).optional(),
  awsCredentials: z.boolean().optional(),
} satisfies Record<keyof EgressArgs, z.ZodType>);
