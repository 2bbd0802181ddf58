import type { KubernetesObject } from "../../check/kubernetes-object";
import { textAt } from "../../check/kubernetes-object";
import { controlPlaneArgs, valuesOf, valuesOfManifests } from "../control-plane/control-plane-args";
import { chooseControlPlane, type ControlPlanes, controlPlanesIn } from "../control-plane/control-planes";
import { selectorOf } from "../ingresses/entry-points";
import { labelsOf } from "../ingresses/gateway-args";
import { type FoundIngress, readIngress } from "../ingresses/ingress-args";
import { entryPointsIn } from "../ingresses/strategies";
import type { ConfigurationKind, DnsRecord, InstalledRelease, LoadBalancer } from "../inventory";
import { meshMtls, namespaceArgs } from "./namespace-args";
import type { Note } from "../report/note";
import { checkReleases, istioReleases } from "../control-plane/istio-releases";
import { compact, isTree, type Tree, without } from "../trees";

/** The inventory with every question answered. */
export interface KnownInventory {
  readonly cluster: string;
  readonly istiods: readonly KubernetesObject[];
  readonly agents: readonly KubernetesObject[];
  readonly releases: readonly InstalledRelease[];
  readonly services: readonly KubernetesObject[];
  readonly ingresses: readonly KubernetesObject[];
  readonly namespaces: readonly KubernetesObject[];
  readonly meshConfigs: readonly KubernetesObject[];
  readonly tagWebhooks: readonly KubernetesObject[];
  readonly peerAuthentications: readonly KubernetesObject[];
  readonly gateways: readonly KubernetesObject[];
  readonly authorities: readonly KubernetesObject[];
  readonly configuration: Readonly<Record<ConfigurationKind, readonly KubernetesObject[]>>;
  readonly vpcRanges: readonly string[];
  readonly balancers: readonly LoadBalancer[];
  readonly records: readonly DnsRecord[];
}

/** Arguments that members alone can set; values of charts come on top. */
export interface MeshArgsFound {
  readonly args: Tree;
  readonly planes: ControlPlanes;
  readonly ingresses: readonly FoundIngress[];
  /** Values of istiod, of its release or of the mesh configuration in the cluster. */
  readonly istiodValues: Tree;
  /** The namespace whose configuration holds for the whole mesh. */
  readonly rootNamespace: string;
  /** Releases of Istio's charts. */
  readonly releases: readonly InstalledRelease[];
  readonly notes: readonly Note[];
}

/** Reads everything that members of the arguments can set. */
export function readMesh(known: KnownInventory, revision: string | undefined): MeshArgsFound {
  const releases = istioReleases(known.releases);
  const planes = chooseControlPlane(controlPlanesIn({ ...known, releases }), revision);
  checkReleases(releases.filter(({ namespace, chart }) => chart === "gateway" || namespace === planes.main.namespace));
  const { main } = planes;
  const has = (app: string) => known.agents.some(({ metadata }) => metadata.name.includes(app));
  const mode = has("ztunnel") ? "ambient" : "sidecar";
  const controller = controllerOf(known.services);
  const ingresses = shared(
    entryPointsIn(known).map((entry) => readIngress(entry, { ...known, mode, controller, releases })),
  );
  const istiodValues = main.release?.values ?? valuesOfManifests(known.meshConfigs, main);
  const own = [main.namespace, ...ingresses.map(({ entry }) => String(entry.service.metadata.namespace))];
  const enrolled = namespaceArgs(known.namespaces, { ...known, mode, revision: main.revision, own });
  const written = textAt(istiodValues, "meshConfig", "rootNamespace");
  const rootNamespace = written === "" ? main.namespace : written;
  const mtls = meshMtls(known.peerAuthentications, rootNamespace);
  const control = controlPlaneArgs(planes, istiodValues);
  const tags = tagsOf(ingresses);
  return {
    ...{ planes, ingresses, istiodValues, rootNamespace, releases },
    args: compact({
      ...{ mode, cluster: { name: known.cluster }, ...ingressMembers(ingresses), ...control },
      istio: istioMembers(control, known, { sidecarCni: mode === "sidecar" && has("cni"), namespace: main.namespace }),
      namespaces: enrolled.args,
      security: { mtls: mtls.args },
      loadBalancerController: controller === "eks-auto-mode" ? controller : undefined,
      tags: tags.args,
    }),
    notes: [
      ...planes.notes,
      ...ingresses.flatMap(({ notes }) => notes),
      ...enrolled.notes,
      ...mtls.notes,
      ...tags.notes,
    ],
  };
}

/** EKS Auto Mode where a load balancer was made by it. */
function controllerOf(services: readonly KubernetesObject[]): "aws-load-balancer-controller" | "eks-auto-mode" {
  const auto = services.some((service) => textAt(service, "spec", "loadBalancerClass") === "eks.amazonaws.com/nlb");
  return auto ? "eks-auto-mode" : "aws-load-balancer-controller";
}

function istioMembers(
  { istio }: Tree,
  { namespaces }: KnownInventory,
  own: { readonly sidecarCni: boolean; readonly namespace: string },
): Tree {
  const namespace = namespaces.find(({ metadata }) => metadata.name === own.namespace);
  return {
    ...(istio as Tree),
    sidecarCni: own.sidecarCni ? true : undefined,
    namespaceLabels: labelsOf(namespace),
  };
}

/** The ingress of this name is the main one. */
export const mainName = "istio-ingress";

function ingressMembers(ingresses: readonly FoundIngress[]): Tree {
  const others = ingresses.filter(({ name }) => name !== mainName);
  return {
    ingress: ingresses.find(({ name }) => name === mainName)?.args,
    additionalIngresses: Object.fromEntries(others.map(({ name, args }) => [name, args])),
  };
}

/** Several load balancers before the same pods share the gateway of the first whose name is the pods'. */
function shared(all: readonly FoundIngress[]): readonly FoundIngress[] {
  const podsOf = ({ entry }: FoundIngress) =>
    JSON.stringify([entry.service.metadata.namespace, selectorOf(entry.service)]);
  return all.map((ingress) => {
    const group = all.filter((other) => podsOf(other) === podsOf(ingress));
    const owner = group.find(({ name, entry }) => selectorOf(entry.service)["app"] === name) ?? group[0];
    if (owner === undefined || owner === ingress) return ingress;
    return { ...ingress, args: { ...ingress.args, gateway: { shareWith: owner.name } } };
  });
}

/** Tags are the mesh's: those that all load balancers have. */
function tagsOf(ingresses: readonly FoundIngress[]): { readonly args: Tree; readonly notes: readonly Note[] } {
  const [first, ...others] = ingresses.map(({ tags }) => tags);
  const common = Object.entries(first ?? {}).filter(([key, value]) => others.every((tags) => tags[key] === value));
  const args = Object.fromEntries(common);
  const notes = ingresses
    .filter(({ tags }) => Object.keys(tags).length > common.length)
    .map(({ name, tags }): Note => {
      const lost = Object.keys(tags).filter((key) => args[key] === undefined);
      const text = `Its tags ${lost.join(", ")} are removed: not all load balancers have them, and tags are those of the whole mesh.`;
      return {
        kind: "change",
        subject: `Load balancer of ${name}`,
        text,
        suggestion: "Write them in tags of the mesh.",
      };
    });
  return { args, notes };
}

/** The user's values of each chart, as the cluster has them. */
export function chartValues({
  planes,
  releases,
  istiodValues,
  ingresses,
}: MeshArgsFound): Readonly<Record<string, Tree>> {
  const { namespace } = planes.main;
  const gateways = releases.filter(
    ({ chart, name, namespace: where }) =>
      chart === "gateway" &&
      ingresses.some((one) => one.name === name && one.entry.service.metadata.namespace === where),
  );
  const gateway = without(without(gateways[0]?.values ?? {}, ["service"]), ["labels"]);
  return {
    base: valuesOf(releases, "base", namespace),
    istiod: flattened(istiodValues),
    cni: valuesOf(releases, "cni", namespace),
    ztunnel: valuesOf(releases, "ztunnel", namespace),
    gateway,
  };
}

/** Values below `pilot`, as IstioOperator files have them, at the place where the chart has them. */
function flattened({ pilot, ...values }: Tree): Tree {
  return isTree(pilot) ? { ...values, ...pilot } : values;
}
