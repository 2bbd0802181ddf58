import { type Finding, findingIf } from "../finding";
import type { MeshWorkloads } from "../mesh/mesh-workloads";
import {
  type KubernetesObject,
  containersOf,
  nameOf,
  namespaceOf,
  ofKind,
  podLabels,
  templateOf,
  titleOf,
} from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { hasLabels } from "../mesh/selector";
import { type Block, at, labelsAt, inputValuesOf, listAt, textAt } from "../tree";

/** Finds what the add-ons would not be to each other, to the proxies and to the cluster that the plan means. */
export function findWrongAddons(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  return [
    ...wrongAddresses(mesh, meshWorkloads),
    ...wrongIdentities(mesh, meshWorkloads),
    ...missingVolumes(mesh, meshWorkloads),
    ...meshWorkloads.charted.flatMap((workload) => [...insideMesh(workload), ...floatingImages(workload)]),
    ...published(mesh),
  ];
}

const inCluster = /^http:\/\/([a-z0-9-]+)\.([a-z0-9-]+):(\d+)/;

/** Every address of the plan's values, and the proxies' collector, must be a Service's that leads to an open port. */
function wrongAddresses(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const written = mesh.releases.flatMap(({ name, values }) =>
    inputValuesOf(values).flatMap((place) => {
      const [, service, namespace, port] = inCluster.exec(textAt(values, ...place)) ?? [];
      return namespace === mesh.settings.controlPlane.namespace ? [{ from: name, service, namespace, port }] : [];
    }),
  );
  const { tracing } = mesh.settings.telemetry;
  const [service, namespace] = tracing?.collector.service.split(".") ?? [];
  const spans = { from: "telemetry.tracing", service, namespace, port: String(tracing?.collector.port) };
  return [...written, ...(tracing === undefined ? [] : [spans])].flatMap(({ from, ...address }) =>
    findingIf(!isOpen(address, mesh, meshWorkloads), "address", {
      where: from,
      message: `${String(address.service)}:${String(address.port)} leads to no pod of an add-on`,
    }),
  );
}

interface Address {
  readonly service: string | undefined;
  readonly namespace: string | undefined;
  readonly port: string | undefined;
}

function isOpen(
  { service, namespace, port }: Address,
  { releases }: RenderedMesh,
  { charted }: MeshWorkloads,
): boolean {
  const created = releases.flatMap(({ objects }) => objects);
  const found = ofKind(created, "Service").find((one) => nameOf(one) === service && namespaceOf(one) === namespace);
  const entry = listAt(found?.body, "spec", "ports").find((one) => textAt(one, "port") === port);
  const target = textAt(entry, "targetPort") || textAt(entry, "port");
  const selector = labelsAt(found?.body, "spec", "selector");
  const pods = charted.filter((one) => namespaceOf(one) === namespace && hasLabels(podLabels(one), selector));
  const open = pods.flatMap(containersOf).flatMap((container) => listAt(container, "ports"));
  return open.some((one) => [textAt(one, "name"), textAt(one, "containerPort")].includes(target));
}

/** A role of AWS's must be that of pods which are there. EKS installs the pods of its own add-ons itself. */
function wrongIdentities({ plan }: RenderedMesh, { charted }: MeshWorkloads): readonly Finding[] {
  const associations = plan.resources.filter(({ type }) => type.endsWith(":PodIdentityAssociation"));
  return associations.flatMap(({ name, inputs }) => {
    const bearers = charted.filter(
      (workload) =>
        namespaceOf(workload) === textAt(inputs, "namespace") &&
        textAt(templateOf(workload), "spec", "serviceAccountName") === textAt(inputs, "serviceAccount"),
    );
    return findingIf(bearers.length === 0, "identity", { where: name, message: "no pod of an add-on gets this role" });
  });
}

/** Volumes by the member that names what they are of, and the kind of that. */
const sources: readonly { readonly member: readonly string[]; readonly kind: string }[] = [
  { member: ["persistentVolumeClaim", "claimName"], kind: "PersistentVolumeClaim" },
  { member: ["configMap", "name"], kind: "ConfigMap" },
  { member: ["secret", "secretName"], kind: "Secret" },
];

/** A pod whose volume is of nothing never starts. */
function missingVolumes({ own, releases }: RenderedMesh, { charted }: MeshWorkloads): readonly Finding[] {
  const created = [...own, ...releases.flatMap(({ objects }) => objects)];
  return charted.flatMap((workload) =>
    (listAt(templateOf(workload), "spec", "volumes") as readonly Block[]).flatMap((volume) =>
      sources.flatMap(({ member, kind }) => {
        const wanted = textAt(volume, ...member);
        const optional = at(volume, member[0] ?? "", "optional") === true;
        const found = ofKind(created, kind).some(
          (one) => nameOf(one) === wanted && namespaceOf(one) === namespaceOf(workload),
        );
        return findingIf(wanted !== "" && !optional && !found, "volume", {
          where: titleOf(workload),
          message: `its volume ${textAt(volume, "name")} is of ${kind} ${wanted}, which nobody makes`,
        });
      }),
    ),
  );
}

/** They watch the mesh also when it is ill. */
function insideMesh(workload: KubernetesObject): readonly Finding[] {
  const labels = podLabels(workload);
  const outside = labels["sidecar.istio.io/inject"] === "false" && labels["istio.io/dataplane-mode"] === "none";
  return findingIf(!outside, "outside the mesh", { where: titleOf(workload), message: "its pods may be drawn in" });
}

function floatingImages(workload: KubernetesObject): readonly Finding[] {
  return containersOf(workload).flatMap((container) => {
    const image = textAt(container, "image");
    return findingIf(!/(:v?\d+\.\d+[\w.-]*|@sha256:[0-9a-f]{64})$/.test(image), "image", {
      where: `${titleOf(workload)}, container ${textAt(container, "name")}`,
      message: `"${image}" is another one tomorrow`,
    });
  });
}

/** Nobody outside the cluster reaches them but by an ingress of the mesh. */
function published({ releases }: RenderedMesh): readonly Finding[] {
  const created = releases.flatMap(({ objects }) => objects);
  const services = ofKind(created, "Service").filter(({ body }) =>
    ["LoadBalancer", "NodePort"].includes(textAt(body, "spec", "type")),
  );
  return [...services, ...ofKind(created, "Ingress"), ...ofKind(created, "HTTPRoute")].flatMap((object) =>
    findingIf(true, "published", { where: titleOf(object), message: "it opens a way in from outside" }),
  );
}
