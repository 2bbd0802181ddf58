import { planGatewayRelease } from "../control-plane/charts/gateway";
import { planAwsCredentials } from "./aws-credentials-plan";
import { planEgressGateway } from "./egress-gateway-plan";
import { planServiceEntries } from "./service-entry-plan";
import { invariant } from "../inputs/invariant";
import { logicalNames } from "../logical-names";
import type { ClusterFacts } from "../plan/facts";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { ReleasePlan } from "../plan/release";
import type { MeshSettings } from "../plan/settings";
import { afterControlPlane } from "../control-plane/control-plane-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";

/** Plans the pods of the egress gateway. Those of a waypoint are planned with the other waypoints. */
export function planEgressReleases(settings: MeshSettings): readonly ReleasePlan[] {
  const { gateway: edge, namespace } = settings.egress;
  if (edge?.kind !== "gateway") return [];
  const after = [
    ...afterNamespace(settings, invariant(namespace, "the namespace of the egress gateway")),
    ...afterControlPlane(settings),
  ];
  return [planGatewayRelease(settings.controlPlane, edge.gateway, after)];
}

/** Plans what keeps AWS credentials reachable, makes hosts outside known, and leads to them. */
export function planEgressObjects(
  settings: MeshSettings,
  facts: Pick<ClusterFacts, "stsHost">,
): readonly KubernetesObjectPlan[] {
  return [...awsCredentials(settings, facts), ...outsideHosts(settings)];
}

function awsCredentials(settings: MeshSettings, facts: Pick<ClusterFacts, "stsHost">): readonly KubernetesObjectPlan[] {
  const { controlPlane, egress } = settings;
  if (egress.awsCredentials === undefined) return [];
  const { namespace } = controlPlane;
  return planAwsCredentials({
    namespace,
    stsHost: egress.awsCredentials.sts ? facts.stsHost() : undefined,
    after: [...afterNamespace(settings, namespace), ...afterControlPlane(settings)],
  });
}

function outsideHosts(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { gateway: edge, namespace, hosts } = settings.egress;
  if (namespace === undefined) return [];
  const istiod = [...afterNamespace(settings, namespace), ...afterControlPlane(settings)];
  const waypoint = edge?.kind === "waypoint" ? edge.waypoint.name : undefined;
  const after = waypoint === undefined ? istiod : [...istiod, logicalNames.waypoint(namespace)];
  const led =
    edge?.kind === "gateway"
      ? planEgressGateway({ gateway: edge.gateway, hosts, after: [logicalNames.gateway(edge.gateway.name)] })
      : [];
  return [...planServiceEntries({ namespace, hosts, waypoint, after }), ...led];
}
