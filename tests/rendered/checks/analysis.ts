import { servicesOf } from "../../../components/ingress/routes/route-services";
import type { Finding } from "../finding";
import { type MeshWorkloads, namespaceLabels } from "../mesh/mesh-workloads";
import { type KubernetesObject, kindOf, nameOf, namespaceOf, templateOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import type { Validator } from "../sources/validator";
import { type Block, labelsAt } from "../tree";

const check = "analysis";

/** One line of `istioctl analyze`. */
interface Message {
  readonly code: string;
  readonly level: string;
  readonly text: string;
}

/** What Istio's analyzers say of a valid mesh, and why it is no fault. */
const exceptions: readonly { readonly code: string; readonly text: RegExp; readonly why: string }[] = [
  {
    code: "IST0107",
    text: /\((Deployment|Service|Pod) \S+-istio(-0)?\) Misplaced annotation/,
    why: "istiod itself copies the annotations of a Gateway to what it makes of it",
  },
  {
    code: "IST0158",
    text: /images of the pods running in the namespace do not match/,
    why: "it knows no variants, and ambient's images are distroless; the check of images compares them",
  },
  {
    code: "IST0101",
    text: /Referenced credentialName not found/,
    why: "the Secret with the certificate is the user's, who names it",
  },
  {
    code: "IST0127",
    text: /AuthorizationPolicy \S+\/default-deny\) No matching workloads for this resource with the following labels: $/,
    why: "it takes istio-system for the root namespace of every mesh; the policy of the root namespace is for all pods",
  },
  {
    code: "IST0133",
    text: /\(EnvoyFilter \S+-(forwarded-proto|rate-limit)\) .*EnvoyFilter exposes internal implementation details/,
    why: "it says so of every EnvoyFilter; Istio has no other way to set the scheme behind a load balancer, or to limit requests",
  },
  {
    code: "IST0133",
    text: /\(Sidecar \S+\/mesh-default\) Schema validation warning: duplicated egress host: \S+\/\*$/,
    why: "it reads ./* as the root namespace; in a Sidecar for the whole mesh that is the namespace of each pod",
  },
  {
    code: "IST0174",
    text: /\(DestinationRule \S+\/mesh-default\) The host \*\.local /,
    why: "it looks for a Service of that name; the wildcard is every Service of the cluster",
  },
];

/**
 * Finds what `istioctl analyze` would warn of in a cluster with everything that the mesh makes.
 *
 * What it calls information is left out: it guesses what may be meant, as that a namespace without injection is a slip.
 */
export async function findAnalyzed(
  mesh: RenderedMesh,
  meshWorkloads: MeshWorkloads,
  validator: Validator,
): Promise<readonly Finding[]> {
  // Of an istiod that is elsewhere, or someone else's, nobody here knows what it injects.
  if (!meshWorkloads.complete) return [];
  const objects = [...inCluster(mesh, meshWorkloads), ...usersServices(mesh)];
  const istiod = { namespace: mesh.settings.controlPlane.namespace };
  const messages = await validator.ask<readonly Message[]>("analyze", { objects, istiod });
  return messages
    .filter(({ level }) => level !== "Info")
    .map(({ code, text }) => ({ check, where: code, message: text.replace(/ plan:\d+\)/, ")") }))
    .filter(({ where, message }) => !exceptions.some(({ code, text }) => code === where && text.test(message)));
}

/** Analyzers look at pods, which Kubernetes makes of workloads. Definitions have no pods, and are many lines. */
function inCluster(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Block[] {
  const created = mesh.releases.flatMap(({ objects }) => objects);
  const workloads = [...meshWorkloads.charted, ...meshWorkloads.applications];
  const instead = new Set(workloads.map(identity));
  const others = created.filter(
    (object) => !instead.has(identity(object)) && kindOf(object) !== "CustomResourceDefinition",
  );
  const all = [...mesh.own, ...others, ...workloads, ...meshWorkloads.provisioned];
  const templates = all.filter((object) => ["Deployment", "DaemonSet"].includes(kindOf(object)));
  return [...all.map(({ body }) => body), ...templates.map((workload) => podOf(mesh, workload))];
}

function identity(object: KubernetesObject): string {
  return [kindOf, namespaceOf, nameOf].map((part) => part(object)).join(" ");
}

function podOf(mesh: RenderedMesh, workload: KubernetesObject): Block {
  const { metadata, spec } = templateOf(workload) as { readonly metadata?: Block; readonly spec?: unknown };
  const namespace = namespaceOf(workload);
  // As the CNI agent marks the pods whose traffic it has led to ztunnel.
  const inAmbient = namespaceLabels(mesh, namespace)["istio.io/dataplane-mode"] === "ambient";
  const mark = inAmbient ? { "ambient.istio.io/redirection": "enabled" } : {};
  const annotations = { ...labelsAt(metadata, "annotations"), ...mark };
  const named = { ...metadata, name: `${nameOf(workload)}-0`, namespace, annotations };
  return { apiVersion: "v1", kind: "Pod", metadata: named, spec, status: { phase: "Running" } };
}

/** The Services that a user's routes lead to are there already. */
function usersServices({ settings }: RenderedMesh): readonly Block[] {
  const destinations = settings.ingresses.flatMap(({ routes }) => routes.flatMap(servicesOf));
  const ports = new Map<string, Set<number>>();
  for (const { namespace, service, port } of destinations) {
    const key = `${namespace}/${service}`;
    ports.set(key, (ports.get(key) ?? new Set()).add(port));
  }
  return [...ports].map(([key, numbers]) => {
    const [namespace, name] = key.split("/");
    const list = [...numbers].map((port) => ({ name: `http-${port}`, port }));
    return { apiVersion: "v1", kind: "Service", metadata: { name, namespace }, spec: { ports: list } };
  });
}
