import { z } from "zod";
import { type AllowedPeerArgs, allowedPeerShape } from "../../inputs/kubernetes/allowed-peer-args";
import { choice } from "../../inputs/choice";
import { field } from "../../inputs/form";
import { type PlaintextPortsArgs, plaintextPortsShape } from "../../inputs/kubernetes/plaintext-ports-args";
import { mapOf, shape } from "../../inputs/shape";
import { labelValue, revision, labelKey, kubernetesName } from "../../inputs/text";
import { Dataplane, MtlsMode } from "../../plan/enums";

/** One application namespace and how its pods take part in the mesh. */
export interface NamespaceArgs {
  /**
   * Whether the mesh makes the namespace, and removes it **with everything in it** on destroy.
   * `false`: it exists already; only its labels are set, and taken back on destroy.
   *
   * @defaultValue `true`
   * @example `false`
   */
  create?: boolean;
  /** `sidecar`, `ambient` or `none` (outside the mesh). @defaultValue the mesh's mode @example `"none"` */
  dataplane?: Dataplane;
  /**
   * Revision, or tag, of the control plane that injects the sidecars.
   *
   * @defaultValue the main control plane's
   * @example `"stable"`
   */
  revision?: string;
  /**
   * Ambient: a proxy of this namespace's own, the Gateway `waypoint`, through which its Services are reached. Policies and
   * routes that look at HTTP need one: ztunnel knows only connections.
   *
   * @defaultValue `false`
   * @remarks Requests from an ingress pass it by, unless `labels` has `istio.io/ingress-use-waypoint: "true"`.
   * @example `true`
   */
  waypoint?: boolean;
  /**
   * Whether pods refuse plaintext (`strict`) or take it besides mTLS (`permissive`).
   *
   * @defaultValue the mesh's, `security.mtls`
   * @example `"strict"`
   */
  mtls?: MtlsMode;
  /** Ports that must take plaintext although `mtls` is strict, by a name of your choice. */
  plaintextPorts?: { [name: string]: PlaintextPortsArgs };
  /**
   * Whether the pods talk with the mesh, DNS and `allowedPeers` only.
   *
   * @defaultValue the mesh's, `security.networkPolicies`
   * @example `true`
   */
  networkPolicies?: boolean;
  /** With `networkPolicies`: others with whom the pods talk, by a name of your choice. */
  allowedPeers?: { [name: string]: AllowedPeerArgs };
  /**
   * With `multiCluster`: whether Services of the same name in the namespace of the same name are one Service in all clusters.
   * `false`: requests stay in the cluster they come from. Write it in every cluster; each decides for its own pods.
   *
   * @defaultValue `true` with mode sidecar; `false` with mode ambient, where single Services may have the label
   * `istio.io/global: "true"`
   * @example `false`
   */
  global?: boolean;
  /** More labels for the namespace. @example `{ team: "shop" }` */
  labels?: { [label: string]: string };
}

export const namespaceShape = shape({
  create: z.boolean().optional(),
  dataplane: field(choice(Dataplane)).optional(),
  revision: field(revision).optional(),
  waypoint: z.boolean().optional(),
  mtls: field(choice(MtlsMode)).optional(),
  plaintextPorts: mapOf(plaintextPortsShape, kubernetesName).optional(),
  networkPolicies: z.boolean().optional(),
  allowedPeers: mapOf(allowedPeerShape).optional(),
  global: z.boolean().optional(),
  labels: mapOf(field(labelValue), labelKey).optional(),
} satisfies Record<keyof NamespaceArgs, z.ZodType>);

/** `shop:` without a value, which YAML reads as null, is a namespace with every default. */
export function withEmptyNamespaces(args: unknown): unknown {
  if (!isBlock(args) || !isBlock(args["namespaces"])) return args;
  const namespaces = Object.entries(args["namespaces"]).map(([name, given]) => [name, given ?? {}]);
  return { ...args, namespaces: Object.fromEntries(namespaces) as unknown };
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
