import type { ChartTools } from "../sources/chart-tools";
import { type Block, blockAt, labelsAt, listAt, textAt } from "../tree";
import { type KubernetesObject, containersOf, namespaceOf, ofKind, podLabels, titleOf } from "./kubernetes-object";
import type { RenderedMesh, RenderedRelease } from "./rendered-mesh";
import { isAsked } from "./selector";

/** Everything that runs in a mesh, as Kubernetes would get it in the end. */
export interface MeshWorkloads {
  /** Workloads of the charts, with the proxy that istiod injects where one is. */
  readonly charted: readonly KubernetesObject[];
  /** What istiod makes for Gateways of the Gateway API. */
  readonly provisioned: readonly KubernetesObject[];
  /** Whether istiod's own code could be asked: there is Go, and no control plane is elsewhere. */
  readonly complete: boolean;
  /** A pod of an application in each namespace, and those of which the user's exceptions speak. */
  readonly applications: readonly KubernetesObject[];
}

/** An istiod of the mesh, and what it knows. */
export interface Istiod {
  readonly release: RenderedRelease;
  readonly revision: string;
  readonly facts: Block;
}

/** Whether this istiod injects here; of a remote one nobody here can see the templates. */
export function isHere({ facts }: Istiod): boolean {
  return textAt(facts, "injector", "config") !== "";
}

/** The control planes of a mesh, read from the ConfigMaps that their releases render. */
export function istiodsOf({ releases }: RenderedMesh): readonly Istiod[] {
  return releases
    .filter(({ chart }) => chart === "istiod")
    .map((release) => {
      const revision = textAt(release.values, "revision");
      const suffix = revision === "" ? "" : `-${revision}`;
      const data = (name: string) =>
        labelsAt(ofKind(release.objects, "ConfigMap").find((map) => mapName(map) === name)?.body, "data");
      const named = revision === "" ? "default" : revision;
      const facts = {
        namespace: release.namespace,
        revision: named,
        injector: data(`istio-sidecar-injector${suffix}`),
        mesh: data(`istio${suffix}`)["mesh"] ?? "",
        environment: environmentOf(release),
      };
      return { release, revision: named, facts };
    });
}

/** Variables that an istiod starts with. */
function environmentOf({ objects }: RenderedRelease): Readonly<Record<string, string>> {
  const variables = ofKind(objects, "Deployment")
    .flatMap(containersOf)
    .flatMap((container) => listAt(container, "env") as readonly Block[]);
  return Object.fromEntries(variables.map((one) => [textAt(one, "name"), textAt(one, "value")]));
}

function mapName({ body }: KubernetesObject): string {
  return textAt(body, "metadata", "name");
}

/** Every webhook of the charts that changes pods, with the object it is in. */
export function injectionWebhooks({ releases }: RenderedMesh) {
  return ofKind(
    releases.flatMap(({ objects }) => objects),
    "MutatingWebhookConfiguration",
  ).flatMap((object) => (object.body["webhooks"] as readonly Block[]).map((webhook) => ({ object, webhook })));
}

/** The control planes whose webhooks are asked about a pod. */
export function injectorsOf(mesh: RenderedMesh, pod: KubernetesObject): readonly Istiod[] {
  const asked = injectionWebhooks(mesh).filter(({ webhook }) =>
    isAsked(webhook, {
      namespace: namespaceOf(pod),
      namespaceLabels: namespaceLabels(mesh, namespaceOf(pod)),
      podLabels: podLabels(pod),
    }),
  );
  return asked.flatMap(({ object }) =>
    istiodsOf(mesh).filter(({ release }) => object.origin === `release ${release.release}`),
  );
}

/** Labels of a namespace that the mesh makes or patches; none of another one. */
export function namespaceLabels({ own }: RenderedMesh, name: string): Readonly<Record<string, string>> {
  const found = ofKind(own, "Namespace").find(({ body }) => textAt(body, "metadata", "name") === name);
  return labelsAt(found?.body, "metadata", "labels");
}

/** An application's Deployment such as a user brings it: a container and a label. */
export function application(
  namespace: string,
  labels: Readonly<Record<string, string>> = { app: "application" },
): KubernetesObject {
  const containers = [{ name: "application", image: "example.com/application:1", ports: [{ containerPort: 8080 }] }];
  const template = { metadata: { labels }, spec: { containers } };
  return {
    origin: `an application in ${namespace}`,
    body: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: Object.values(labels).join("-"), namespace },
      spec: { selector: { matchLabels: labels }, template },
    },
  };
}

/** One in each namespace, and one for each exception that the user makes for pods. */
function applications({ settings }: RenderedMesh): readonly KubernetesObject[] {
  const all = [
    ...settings.namespaces.map(({ name }) => application(name)),
    ...settings.security.namespaces.flatMap(({ name, plaintextPorts }) =>
      plaintextPorts.map(({ selector }) => application(name, selector)),
    ),
  ];
  return [...new Map(all.map((one) => [titleOf(one), one])).values()];
}

const workloadKinds = ["Deployment", "DaemonSet"];

/** Runs Istio's own injector and gateway controller on what the charts and the component make. */
export async function meshWorkloadsOf(mesh: RenderedMesh, { validator }: ChartTools): Promise<MeshWorkloads> {
  const workloads = mesh.releases.flatMap(({ objects }) => workloadKinds.flatMap((kind) => ofKind(objects, kind)));
  if (validator === undefined) return { charted: workloads, provisioned: [], applications: [], complete: false };
  const inject = async (workload: KubernetesObject): Promise<KubernetesObject> => {
    const [injector] = injectorsOf(mesh, workload);
    if (injector === undefined || !isHere(injector)) return workload;
    const question = { istiod: injector.facts, objects: [workload.body] };
    const [body] = await validator.ask<readonly Block[]>("inject", question);
    return body === undefined ? workload : { ...workload, body };
  };
  return {
    charted: await Promise.all(workloads.map(inject)),
    provisioned: await provisioned(mesh, validator),
    applications: await Promise.all(applications(mesh).map(inject)),
    complete: istiodsOf(mesh).length > 0 && istiodsOf(mesh).every(isHere),
  };
}

/** What each istiod makes of the Gateways: one of another revision it leaves alone. */
async function provisioned(
  mesh: RenderedMesh,
  validator: NonNullable<ChartTools["validator"]>,
): Promise<KubernetesObject[]> {
  if (ofKind(mesh.own, "Gateway", "gateway.networking.k8s.io").length === 0) return [];
  const kinds = /^(Gateway|ConfigMap|Namespace|.*WebhookConfiguration)$/;
  const seen = [...mesh.own, ...mesh.releases.flatMap(({ objects }) => objects)].map(({ body }) => body);
  const objects = seen.filter((body) => kinds.test(textAt(body, "kind")));
  const created: KubernetesObject[] = [];
  for (const { facts, release } of istiodsOf(mesh).filter(isHere)) {
    const bodies = await validator.ask<readonly Block[]>("provision", { istiod: facts, objects });
    created.push(...bodies.map((body) => ({ origin: `istiod of release ${release.release}`, body })));
  }
  return created;
}

/** The pods behind a gateway, whoever makes them. */
export function gatewayWorkloads(
  mesh: RenderedMesh,
  { charted, provisioned: created }: MeshWorkloads,
): readonly KubernetesObject[] {
  const charts = mesh.releases.filter(({ chart }) => chart === "gateway").map(({ release }) => `release ${release}`);
  return [
    ...charted.filter(({ origin }) => charts.includes(origin)),
    ...workloadKinds.flatMap((kind) => ofKind(created, kind)),
  ];
}

/** Labels at the top of a manifest. */
export function ownLabels({ body }: KubernetesObject): Readonly<Record<string, string>> {
  return labelsAt(blockAt(body, "metadata"), "labels");
}
