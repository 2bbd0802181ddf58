import { logicalNames } from "../../logical-names";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { MeshNamespaceSettings, MeshSettings, NamespaceSettings } from "../../plan/settings";
import { Dataplane, Profile } from "../../plan/enums";
import { installs, revisionsOf } from "../control-planes";
import { enrolmentLabels, modes, waypointLabels } from "../modes";

/** Namespaces that the mesh makes for itself: their removal is the net that catches load balancers nobody owns. */
export function ownNamespaces({ meshNamespaces }: MeshSettings): readonly string[] {
  return meshNamespaces.flatMap(({ name, create }) => (create ? [name] : []));
}

/**
 * Plans the namespaces of the mesh's parts, and those of applications that the mesh makes. All come first, so that on destroy all go
 * last and side by side: Kubernetes takes five seconds for each. Of those that others own only the labels are set.
 */
export function planNamespaces(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const own = settings.meshNamespaces.flatMap((namespace) => planOwnNamespace(settings, namespace));
  return [...own, ...applicationNamespaces(settings).map(({ name, labels }) => namespaceObject(name, labels))];
}

function planOwnNamespace(
  settings: MeshSettings,
  { name, create, labels }: MeshNamespaceSettings,
): readonly KubernetesObjectPlan[] {
  const { controlPlane } = settings;
  const remote = installs(settings) && name === controlPlane.namespace && controlPlane.profile === Profile.Remote;
  const created = remote ? ledFromElsewhere(namespaceObject(name, labels)) : namespaceObject(name, labels);
  if (create) return [created];
  return Object.keys(created.metadata).length === 1 ? [] : [{ ...created, patch: true }];
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
  const own = settings.meshNamespaces.filter(({ name }) => name === namespace);
  const planned = own.some((one) => planOwnNamespace(settings, one).length > 0);
  const isOurs = planned || settings.namespaces.some(({ name, create }) => create && name === namespace);
  return isOurs ? [logicalNames.namespace(namespace)] : [];
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
