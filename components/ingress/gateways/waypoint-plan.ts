import { logicalNames } from "../../logical-names";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { WaypointSettings } from "../../plan/settings";
import { parametersRef, planParameters } from "./parameters-plan";

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
  const gateway: KubernetesObjectPlan = {
    name: logicalNames.waypoint(namespace),
    after: [...after, parameters.name],
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
      name,
      namespace,
      labels: { "istio.io/waypoint-for": "service", ...(revision === "" ? {} : { "istio.io/rev": revision }) },
      // Who is led to a waypoint that is not there yet is led nowhere.
      annotations: { "pulumi.com/waitFor": "condition=Programmed" },
    },
    body: {
      spec: {
        gatewayClassName: "istio-waypoint",
        infrastructure: { parametersRef: parametersRef(parameters) },
        listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
      },
    },
  };
  return [parameters, gateway];
}
