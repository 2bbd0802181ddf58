import { logicalNames } from "../../logical-names";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { WaypointSettings, MeshSettings } from "../../plan/settings";
import { planManagedGateway } from "./managed-gateway-plan";
import { planParameters } from "./parameters-plan";
import { gatewayRollout } from "../../control-plane/charts/rollout";
import { spread } from "../../control-plane/charts/spread";
import { modes } from "../../control-plane/modes";
import { afterControlPlane, afterCrds } from "../../control-plane/control-plane-plan";
import { installs } from "../../control-plane/control-planes";
import { afterNamespace } from "../../control-plane/namespaces/namespaces-plan";

/** Plans the waypoints: after ztunnel, which leads to them, and before anyone is led to them. */
export function planWaypoints(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const ztunnel = installs(settings) && modes[settings.mode].ztunnel ? [logicalNames.ztunnel] : [];
  return settings.waypoints.flatMap((waypoint) =>
    planWaypoint({
      waypoint,
      revision: settings.controlPlane.main.revision,
      spread: spread({ "gateway.networking.k8s.io/gateway-name": waypoint.name }),
      rollout: gatewayRollout,
      after: [
        ...afterNamespace(settings, waypoint.namespace),
        ...afterCrds(settings),
        ...afterControlPlane(settings),
        ...ztunnel,
      ],
    }),
  );
}

/** A waypoint and what it needs. */
export interface WaypointRequirement {
  readonly waypoint: WaypointSettings;
  /** Revision of the control plane that runs it; empty: the unrevisioned one. */
  readonly revision: string;
  readonly spread: readonly Tree[];
  /** How its pods are exchanged. */
  readonly rollout: Tree;
  readonly after: readonly string[];
}

/**
 * Plans a waypoint: a Gateway that istiod turns into pods and a Service inside the cluster.
 *
 * Source: https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export function planWaypoint(requirement: WaypointRequirement): readonly KubernetesObjectPlan[] {
  const { waypoint, revision, spread, rollout, after } = requirement;
  const { name, namespace } = waypoint;
  const parameters = planParameters({
    ...waypoint,
    ...{ logicalName: logicalNames.waypointParameters(namespace), gateway: name },
    // istiod's chart has resources for waypoints: istio.values.istiod.global.waypoint.
    ...{ resources: undefined, drainSeconds: undefined, placement: undefined, spread, rollout, after },
  });
  const gateway = planManagedGateway({
    ...{ logicalName: logicalNames.waypoint(namespace), name, namespace, className: "istio-waypoint" },
    ...{ revision, parameters, after },
    labels: { "istio.io/waypoint-for": "service" },
    listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
  });
  return [parameters, gateway];
}
