import { type ControlPlaneContext, planControlPlane } from "../control-plane/control-plane-plan";
import { planEnrolment } from "../control-plane/namespaces/namespaces-plan";
import { planEgressObjects, planEgressReleases } from "../egress/egress-plan";
import { planGatewayObjects, planGatewayReleases } from "../ingress/gateways/gateways-plan";
import { planWaypoints } from "../ingress/gateways/waypoint-plan";
import { planRoutes } from "../ingress/routes/routes-plan";
import { planEastWestReleases, planMultiClusterObjects } from "../multi-cluster/multi-cluster-plan";
import type { ClusterFacts } from "../plan/facts";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { ReleasePlan } from "../plan/release";
import type { MeshSettings } from "../plan/settings";
import { planSecurityObjects } from "../security/security-plan";
import { planTelemetryObjects } from "../telemetry/telemetry-plan";
import { planTrafficObjects } from "../traffic/traffic-plan";
import { planVpcCni } from "../vpc-cni/vpc-cni-plan";
import { requiredValuesOf } from "./chart-required-values";

/** What a capability needs of the cluster to plan its objects. */
type ObjectFacts = Pick<ClusterFacts, "stsHost">;
type ObjectsPlan = (settings: MeshSettings, facts: ObjectFacts) => readonly KubernetesObjectPlan[];

/** How requests go: before the records, which lead clients here. A capability adds its plan here or below. */
const routing: readonly ObjectsPlan[] = [
  ({ vpcCni }) => planVpcCni(vpcCni),
  planGatewayObjects,
  planRoutes,
  planWaypoints,
  planEgressObjects,
  planMultiClusterObjects,
];

/** Who takes part in the mesh, and what holds for everybody: after the records. */
const policies = [planEnrolment, planSecurityObjects, planTelemetryObjects, planTrafficObjects];

/** Plans the Helm releases of control plane and gateways, in the order in which they are created. */
export function planMeshReleases(
  settings: MeshSettings,
  context: Omit<ControlPlaneContext, "requiredValues">,
): readonly ReleasePlan[] {
  return [
    ...planControlPlane(settings, { ...context, requiredValues: requiredValuesOf(settings) }),
    ...planGatewayReleases(settings),
    ...planEgressReleases(settings),
    ...planEastWestReleases(settings),
  ];
}

/** Plans the objects that lead requests, in the order in which they are created. */
export function planRoutingObjects(settings: MeshSettings, facts: ObjectFacts): readonly KubernetesObjectPlan[] {
  return routing.flatMap((plan) => plan(settings, facts));
}

/** Plans the objects that enrol namespaces and hold for the whole mesh, in the order in which they are created. */
export function planPolicyObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  return policies.flatMap((plan) => plan(settings));
}
