import { strategyFor } from "../../ingress/strategies";
import { readinessGateLabel } from "../../ingress/strategies/load-balancer-controller";
import { logicalNames } from "../../logical-names";
import { enrolmentLabels, modes, waypointLabels } from "../modes";
import { networkLabel } from "../../multi-cluster/east-west-plan";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { MeshSettings, NamespaceSettings } from "../../plan/settings";
import { Dataplane, Profile } from "../../plan/enums";
import { installs, revisionsOf } from "../control-planes";

/** Namespaces that the mesh makes for itself: their removal is the net that catches load balancers nobody owns. */
export function ownNamespaces(settings: MeshSettings): readonly string[] {
  return meshNamespaces(settings).flatMap(({ name, create }) => (create ? [name] : []));
}

type Labels = Readonly<Record<string, string>>;

/** A namespace of the mesh's own parts. */
interface MeshNamespace {
  readonly name: string;
  /** False: someone else owns it, and only its labels are set. */
  readonly create: boolean;
  readonly labels: Labels;
}

function meshNamespaces(settings: MeshSettings): readonly MeshNamespace[] {
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
function partsOf(settings: MeshSettings) {
  const { controlPlane, gateways, egress, multiCluster } = settings;
  const eastWest = multiCluster?.eastWest === undefined ? [] : [multiCluster.eastWest.gateway];
  const silent = { createNamespace: undefined, namespaceLabels: {} };
  return [
    ...(installs(settings) ? [{ ...controlPlane, ours: true }] : []),
    ...gateways.map((gateway) => ({ ...gateway, ours: gateway.createdBy !== "someone-else" })),
    ...eastWest.map((gateway) => ({ ...gateway, ours: true })),
    ...(egress.namespace === undefined ? [] : [{ ...silent, namespace: egress.namespace, ours: true }]),
  ];
}

/** The agents of cni and ztunnel need host paths and capabilities that only `privileged` admits. */
function labelsNeeded(settings: MeshSettings, name: string): Labels {
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
function networkOf({ controlPlane, multiCluster }: MeshSettings, name: string): Labels {
  if (multiCluster === undefined || name !== controlPlane.namespace) return {};
  return { [networkLabel]: multiCluster.membership.network };
}

/**
 * Plans those namespaces, and those of applications that the mesh makes. All come first, so that on destroy all go
 * last and side by side: Kubernetes takes five seconds for each. Of those that others own only the labels are set.
 */
export function planNamespaces(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { controlPlane } = settings;
  const own = meshNamespaces(settings).flatMap(({ name, create, labels }) => {
    const remote = installs(settings) && name === controlPlane.namespace && controlPlane.profile === Profile.Remote;
    const created = remote ? ledFromElsewhere(namespaceObject(name, labels)) : namespaceObject(name, labels);
    if (create) return [created];
    return Object.keys(created.metadata).length === 1 ? [] : [{ ...created, patch: true }];
  });
  return [...own, ...applicationNamespaces(settings).map(({ name, labels }) => namespaceObject(name, labels))];
}

/**
 * Holds a new gateway pod back until the NLB sends it traffic, so that an exchange of pods never takes away all targets that
 * are healthy. The Service that carries the NLB is there before the pods, as the controllers want it.
 */
function readinessGates(settings: MeshSettings, namespace: string): Readonly<Record<string, string>> {
  const gateways = settings.gateways
    .filter((gateway) => gateway.namespace === namespace && gateway.createdBy !== "someone-else")
    .map(({ name }) => name);
  const pods = settings.ingresses.some(
    (ingress) => gateways.includes(ingress.gateway) && strategyFor(ingress).targetRoute === "pods",
  );
  const eastWest = settings.multiCluster?.eastWest?.gateway.namespace === namespace;
  return pods || eastWest ? { [readinessGateLabel[settings.controller]]: "enabled" } : {};
}

/**
 * Without this annotation an istiod elsewhere, though it has this cluster's credentials, gives its namespaces no root
 * certificate and its webhooks no CA: no proxy would start.
 * Source: istio/istio pilot/pkg/serviceregistry/kube/controller/multicluster.go
 */
function ledFromElsewhere(namespace: KubernetesObjectPlan): KubernetesObjectPlan {
  const annotations = { "topology.istio.io/controlPlaneClusters": "*" };
  return { ...namespace, metadata: { ...namespace.metadata, annotations } };
}

/** Namespaces of applications that the mesh makes, and removes with everything in them. */
export function applicationNamespaces({ namespaces }: MeshSettings): readonly NamespaceSettings[] {
  return namespaces.filter(({ create }) => create);
}

function namespaceObject(name: string, labels: Readonly<Record<string, string>>): KubernetesObjectPlan {
  return {
    name: logicalNames.namespace(name),
    after: [],
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, ...(Object.keys(labels).length === 0 ? {} : { labels }) },
    body: {},
  };
}

/** The namespace that something comes after, if it is one of ours, or its labels are. */
export function afterNamespace(settings: MeshSettings, namespace: string): readonly string[] {
  const planned = planNamespaces(settings).some(({ metadata }) => metadata.name === namespace);
  return planned ? [logicalNames.namespace(namespace)] : [];
}

/**
 * Plans the labels by which namespaces take part in the mesh, after everything that their pods need. On destroy they go
 * first, so that no pod is left redirected to a proxy that is gone.
 */
export function planEnrolment(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  return settings.namespaces.flatMap((namespace) => {
    const { name, create, dataplane, revision, waypoint } = namespace;
    const enrolment = { ...enrolmentLabels(dataplane, revision), ...waypointLabels(waypoint) };
    const labels = { ...(create ? {} : namespace.labels), ...enrolment };
    if (Object.keys(labels).length === 0) return [];
    return [
      {
        name: logicalNames.enrolment(name),
        after: [
          ...(create ? [logicalNames.namespace(name)] : []),
          ...afterDataplane(settings, namespace),
          ...(waypoint === undefined ? [] : [logicalNames.waypoint(name)]),
        ],
        apiVersion: "v1",
        kind: "Namespace",
        patch: true,
        metadata: { name, labels },
        body: {},
      },
    ];
  });
}

function afterDataplane(settings: MeshSettings, { dataplane, revision }: NamespaceSettings): readonly string[] {
  if (!installs(settings) || dataplane === Dataplane.None) return [];
  const strategy = modes[settings.mode];
  const cni = strategy.cniRequirements(settings.controlPlane) === undefined ? [] : [logicalNames.cni];
  // The probes of pods that have security groups would fail before.
  const vpcCni =
    settings.vpcCni === undefined ? [] : [logicalNames.vpcCni(settings.vpcCni.podSecurityGroupEnforcingMode)];
  if (dataplane === Dataplane.Ambient) return [logicalNames.ztunnel, ...vpcCni];
  const injector = revisionsOf(settings).find((one) => one.revision === revision || one.tags.includes(revision));
  return [...(injector === undefined ? [] : [logicalNames.istiod(injector.revision)]), ...cni];
}
