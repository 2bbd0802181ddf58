import type { EgressGatewaySettings } from "../plan/settings";
import type { Profile } from "../plan/enums";
import { Dataplane, Mode, Routing } from "../plan/enums";
import type { IstioArgs } from "../control-plane/args/istio-args";
import type { NamespaceArgs } from "../control-plane/namespaces/namespace-args";
import { findContradictions } from "../control-plane/charts/values/chart-values";
import { gatewayDefaults } from "../ingress/gateways/gateway-args";
import { waypointDefaults } from "../ingress/gateways/waypoint-args";
import { modes } from "../control-plane/modes";
import type { GatewaySettings } from "../plan/gateway-settings";

/** What egress must know of the mesh around it. */
export interface EgressContext {
  readonly profile: Profile;
  /** Whether there is a ztunnel, which leads to waypoints and obeys no policy. */
  readonly ztunnel: boolean;
  /** Whether any pod of the mesh has a sidecar, which obeys the policy. */
  readonly sidecars: boolean;
  /** Whether the mesh's configuration says `REGISTRY_ONLY` without `egress.policy`. */
  readonly closed: boolean;
  /** The region of the stack; undefined: it is known only during `up`. */
  readonly region: string | undefined;
  /** The pods that traffic would be led through in this mode. */
  readonly gateway: EgressGatewaySettings;
  /** Gateways of the ingresses. */
  readonly ingressGateways: readonly GatewaySettings[];
}

/** Name of the pods' release or Gateway, and of the namespace for all of egress. */
export const egressName = "istio-egress";

/** What the gateway chart makes of the release's name: the value of the label `istio`. */
export const egressLabel = "egress";

/** The arguments of a mesh that decide how traffic leaves it. */
export interface MeshEgressArgs {
  readonly istio?: IstioArgs;
  readonly namespaces?: Readonly<Record<string, NamespaceArgs>>;
}

/** The settings of other capabilities that decide what egress has. */
export interface MeshEgressSettings {
  readonly mode: Mode;
  readonly profile: Profile;
  /** Gateways of the ingresses. */
  readonly gateways: readonly GatewaySettings[];
  /** The region of the stack; undefined: it is known only during `up`. */
  readonly region: string | undefined;
}

/** What `egress` must know, from the arguments and settings of other capabilities. */
export function egressContext(
  args: MeshEgressArgs,
  { mode, profile, gateways, region }: MeshEgressSettings,
): EgressContext {
  const { ztunnel } = modes[mode];
  return {
    ...{ profile, ztunnel, region },
    ...{ sidecars: hasSidecars(args, mode), closed: isClosed(args) },
    gateway: ztunnel ? waypoint(profile) : gateway(profile),
    ingressGateways: gateways,
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
