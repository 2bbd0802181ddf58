import { planEnrolment } from "../control-plane/namespaces/namespaces-plan";
import { planEgressObjects } from "../egress/egress-plan";
import { planGatewayObjects } from "../ingress/gateways/gateways-plan";
import { planWaypoints } from "../ingress/gateways/waypoints-plan";
import { planRoutes } from "../ingress/routes/routes-plan";
import { planMultiClusterObjects } from "../multi-cluster/multi-cluster-plan";
import type { ClusterFacts } from "../plan/facts";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { MeshSettings } from "../plan/settings";
import { planSecurityObjects } from "../security/security-plan";
import { planTelemetryObjects } from "../telemetry/telemetry-objects-plan";
import { planTrafficObjects } from "../traffic/traffic-objects-plan";
import { planVpcCni } from "../vpc-cni/vpc-cni-plan";

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
const policies: readonly ObjectsPlan[] = [planEnrolment, planSecurityObjects, planTelemetryObjects, planTrafficObjects];

/** Plans the objects that lead requests, in the order in which they are created. */
export function planRoutingObjects(settings: MeshSettings, facts: ObjectFacts): readonly KubernetesObjectPlan[] {
  return routing.flatMap((plan) => plan(settings, facts));
}

/** Plans the objects that enrol namespaces and hold for the whole mesh, in the order in which they are created. */
export function planPolicyObjects(settings: MeshSettings, facts: ObjectFacts): readonly KubernetesObjectPlan[] {
  return policies.flatMap((plan) => plan(settings, facts));
}
