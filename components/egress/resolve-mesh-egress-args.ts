import type { IstioArgs } from "../control-plane/charts/istio-args";
import type { NamespaceArgs } from "../control-plane/namespaces/namespace-args";
import type { EgressArgs } from "./egress-args";
import { findContradictions } from "../control-plane/charts/chart-values";
import { egressName, resolveEgress } from "./resolve-egress-args";
import { gatewayDefaults } from "../ingress/gateways/gateway-args";
import { waypointDefaults } from "../ingress/gateways/waypoint-args";
import { problemIf } from "../inputs/problem";
import { modes } from "../control-plane/modes";
import type { Resolved } from "../plan/problem";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { EgressGatewaySettings, EgressSettings } from "../plan/settings";
import { Dataplane, Mode, type Profile, Routing } from "../plan/enums";

/** The arguments of a mesh that decide how traffic leaves it. */
export interface MeshEgressArgs {
  readonly egress?: EgressArgs;
  readonly istio?: IstioArgs;
  readonly namespaces?: Readonly<Record<string, NamespaceArgs>>;
}

/** What the way out must know of the mesh. */
export interface EgressContext {
  readonly mode: Mode;
  readonly profile: Profile;
  /** Gateways of the ingresses. */
  readonly gateways: readonly GatewaySettings[];
  /** The region of the stack; undefined: it is known only during `up`. */
  readonly region: string | undefined;
}

/** Resolves `egress` with the pods that the mode has for it. */
export function resolveEgressOf(
  args: MeshEgressArgs,
  { mode, profile, gateways, region }: EgressContext,
): Resolved<EgressSettings> {
  const { ztunnel } = modes[mode];
  const edge = ztunnel ? waypoint(profile) : gateway(profile);
  const resolved = resolveEgress(args.egress ?? {}, {
    ...{ profile, ztunnel, gateway: edge, region },
    ...{ sidecars: hasSidecars(args, mode), closed: isClosed(args) },
  });
  const theirs = resolved.settings.gateway?.kind === "gateway" ? gateways : [];
  return {
    ...resolved,
    problems: [
      ...resolved.problems,
      ...theirs.flatMap(({ name, selector }) =>
        problemIf(selector["istio"] === egressLabel, "egress.gateway", {
          given: true,
          allowed: `no egress gateway while the pods of "${name}" have its label, istio: ${egressLabel}`,
          suggestion: "give those another label with gateway.labels",
        }),
      ),
    ],
  };
}

function hasSidecars({ namespaces = {} }: MeshEgressArgs, mode: Mode): boolean {
  return mode === Mode.Sidecar || Object.values(namespaces).some(({ dataplane }) => dataplane === Dataplane.Sidecar);
}

/** Whether the mesh's configuration, in either place where one may write it, lets out only what is known. */
function isClosed({ istio = {} }: MeshEgressArgs): boolean {
  const mode = { outboundTrafficPolicy: { mode: undefined } };
  const written = [
    ...findContradictions(istio.meshConfig, mode),
    ...findContradictions(istio.values?.istiod, { meshConfig: mode }),
  ];
  return written.some(({ given }) => given === "REGISTRY_ONLY");
}

/** What the gateway chart makes of the release's name. */
const egressLabel = "egress";

function gateway(profile: Profile): EgressGatewaySettings {
  return {
    kind: "gateway",
    gateway: {
      ...gatewayDefaults({}, profile),
      ...{ name: egressName, namespace: egressName, routing: Routing.Istio, createdBy: "chart", service: "chart" },
      selector: { app: egressName, istio: egressLabel },
      // No load balancer has to notice that a pod goes: sidecars learn it from istiod.
      drainSeconds: undefined,
      annotations: {},
      trustedProxies: 0,
    },
  };
}

function waypoint(profile: Profile): EgressGatewaySettings {
  return { kind: "waypoint", waypoint: waypointDefaults(egressName, egressName, profile) };
}

/** The pods that the gateway chart makes for egress, if it does. */
export function chartGateway({ gateway: edge }: EgressSettings): readonly GatewaySettings[] {
  return edge?.kind === "gateway" ? [edge.gateway] : [];
}
