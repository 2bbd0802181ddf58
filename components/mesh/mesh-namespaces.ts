import { installs } from "../control-plane/control-planes";
import { modes } from "../control-plane/modes";
import { strategyFor } from "../ingress/strategies";
import { readinessGateLabel } from "../ingress/strategies/load-balancer-controller";
import { networkLabel } from "../multi-cluster/east-west-plan";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import type { MeshNamespaceSettings, MeshSettings } from "../plan/settings";

/** A mesh of which everything else is resolved. */
export type MeshParts = Omit<MeshSettings, "meshNamespaces">;

type Labels = Readonly<Record<string, string>>;

/** Resolves the namespaces of the mesh's parts: who creates each, and the labels that the parts in it need. */
export function resolveMeshNamespaces(settings: MeshParts): readonly MeshNamespaceSettings[] {
  const parts = partsOf(settings);
  return [...new Set(parts.map(({ namespace }) => namespace))].map((name) => {
    const here = parts.filter(({ namespace }) => namespace === name);
    const needed = labelsNeeded(settings, name);
    return {
      name,
      // That two parts contradict each other is a problem of the arguments.
      create: here.some(({ ours }) => ours) && here.every(({ createNamespace }) => createNamespace !== false),
      labels: here.reduce<Labels>((labels, { namespaceLabels }) => ({ ...labels, ...namespaceLabels }), needed),
    };
  });
}

/** What lives in namespaces of the mesh's own, and its settings. */
function partsOf(settings: MeshParts) {
  const { controlPlane, gateways, egress, multiCluster } = settings;
  const silent = { createNamespace: undefined, namespaceLabels: {} };
  return [
    ...(installs(settings) ? [{ ...controlPlane, ours: true }] : []),
    ...gateways.map((gateway) => ({ ...gateway, ours: gateway.createdBy !== "someone-else" })),
    ...eastWestGateway(multiCluster).map((gateway) => ({ ...gateway, ours: true })),
    ...(egress.namespace === undefined ? [] : [{ ...silent, namespace: egress.namespace, ours: true }]),
  ];
}

/** The agents of cni and ztunnel need host paths and capabilities that only `privileged` admits. */
function labelsNeeded(settings: MeshParts, name: string): Labels {
  const agents = modes[settings.mode].cniRequirements(settings.controlPlane) !== undefined && installs(settings);
  return {
    ...(agents && name === settings.controlPlane.namespace
      ? { "pod-security.kubernetes.io/enforce": "privileged" }
      : {}),
    ...readinessGates(settings, name),
    ...networkOf(settings, name),
  };
}

/** istiod reads its own network here. */
function networkOf({ controlPlane, multiCluster }: MeshParts, name: string): Labels {
  if (multiCluster === undefined || name !== controlPlane.namespace) return {};
  return { [networkLabel]: multiCluster.membership.network };
}

/**
 * Holds a new gateway pod back until the NLB sends it traffic, so that an exchange of pods never takes away all targets that
 * are healthy. The Service that carries the NLB is there before the pods, as the controllers want it.
 */
function readinessGates(settings: MeshParts, namespace: string): Labels {
  const gateways = settings.gateways
    .filter((gateway) => gateway.namespace === namespace && gateway.createdBy !== "someone-else")
    .map(({ name }) => name);
  const pods = settings.ingresses.some(
    (ingress) => gateways.includes(ingress.gateway) && strategyFor(ingress).targetRoute === "pods",
  );
  const eastWest = settings.multiCluster?.eastWest?.gateway.namespace === namespace;
  return pods || eastWest ? { [readinessGateLabel[settings.controller]]: "enabled" } : {};
}
