import { type CleanupFacts, planCleanup, planNoCleanup } from "./cleanup-plan";
import { strategyFor } from "../ingress/strategies";
import type { ByIngress } from "../ingress/load-balancer-plan";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import { applicationNamespaces, ownNamespaces } from "../control-plane/namespaces/namespaces-plan";
import type { CleanupPlan } from "../plan/cleanup";
import type { ClusterFacts } from "../plan/facts";
import type { MeshSettings } from "../plan/settings";

/** What the cleanup needs of what was made before it. */
export interface CreatedBefore {
  readonly cluster: ClusterFacts;
  readonly groups: ByIngress;
  /** Logical names of everything of the mesh; add-ons come later. */
  readonly names: readonly string[];
}

/** Plans the command that destroy runs first; one that does nothing if it is switched off. */
export function planMeshCleanup(settings: MeshSettings, created: CreatedBefore): readonly CleanupPlan[] {
  if (settings.cleanup === undefined) return [planNoCleanup(created.names)];
  const { cluster } = created;
  const facts: CleanupFacts = {
    namespaces: [...ownNamespaces(settings), ...applicationNamespaces(settings).map(({ name }) => name)],
    objects: foreignObjects(settings),
    controller: settings.controller,
    securityGroupIds: Object.values(created.groups),
    region: cluster.region,
    aws: cluster.aws,
    kubeconfig: cluster.kubeconfig(),
    needsAws: settings.cluster.kubeconfig === undefined,
    after: created.names,
  };
  return [planCleanup(settings.cleanup, facts)];
}

/** Load balancers of ours in namespaces that someone else owns. */
function foreignObjects(settings: MeshSettings): readonly string[] {
  const own = ownNamespaces(settings);
  const eastWest = eastWestGateway(settings.multiCluster)
    .filter(({ namespace }) => !own.includes(namespace))
    .map(({ name, namespace }) => `Service/${name}@${namespace}`);
  const ofIngresses = settings.ingresses.flatMap((ingress) => {
    const namespace = settings.gateways.find(({ name }) => name === ingress.gateway)?.namespace;
    if (namespace === undefined || own.includes(namespace)) return [];
    const { kind, name } = strategyFor(ingress).address;
    return [`${kind}/${name}@${namespace}`];
  });
  return [...ofIngresses, ...eastWest];
}
