import { type CleanupFacts, planCleanup, planNoCleanup } from "../cleanup/cleanup-plan";
import { roomOf } from "../ingress";
import type { ByIngress } from "./front-door-plan";
import { eastWestGateway } from "./multi-cluster-plan";
import { applicationNamespaces, ownNamespaces } from "./namespaces-plan";
import type { CleanupPlan } from "../plan/cleanup";
import type { ClusterFacts } from "../plan/facts";
import type { MeshSettings } from "../plan/settings";

/** What the cleanup needs of what was made before it. */
export interface MadeBefore {
  readonly cluster: ClusterFacts;
  readonly groups: ByIngress;
  /** Logical names of everything of the mesh; add-ons come later. */
  readonly names: readonly string[];
}

/** Plans the command that destroy runs first; one that does nothing if it is switched off. */
export function planMeshCleanup(settings: MeshSettings, made: MadeBefore): readonly CleanupPlan[] {
  if (settings.cleanup === undefined) return [planNoCleanup(made.names)];
  const { cluster } = made;
  const facts: CleanupFacts = {
    namespaces: [...ownNamespaces(settings), ...applicationNamespaces(settings).map(({ name }) => name)],
    objects: foreignObjects(settings),
    controller: settings.controller,
    securityGroupIds: Object.values(made.groups),
    // Asked only if the script needs it: it may take a look-up that nothing else wants.
    get region() {
      return cluster.region;
    },
    aws: cluster.aws,
    kubeconfig: cluster.kubeconfig,
    needsAws: settings.cluster.kubeconfig === undefined,
    after: made.names,
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
    return [`${roomOf(ingress).address.kind}/${ingress.name}@${namespace}`];
  });
  return [...ofIngresses, ...eastWest];
}
