import { gatewayRollout } from "../../control-plane/charts/rollout";
import { spread } from "../../control-plane/charts/spread";
import { planWaypoint } from "./waypoint-plan";
import { logicalNames } from "../../logical-names";
import { modes } from "../../control-plane/modes";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { MeshSettings } from "../../plan/settings";
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
