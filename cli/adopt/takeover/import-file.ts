import { at, type KubernetesObject, textAt } from "../../check/kubernetes-object";
import type { Node } from "../../plan/graph";
import type { Adoption } from "../adoption";
import type { Tree } from "../trees";

/** One resource of `pulumi import --file`. */
export interface ImportEntry {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly parent: string;
  readonly provider?: string;
}

/** A planned resource that is there already. */
export interface Imported {
  readonly entry: ImportEntry;
  readonly planned: Node;
  /** The object in the cluster; for a release, its values. */
  readonly found: Tree;
}

const meshName = "mesh";
const providerName = "mesh-kubernetes";

/** The planned resources that exist already, with the ids by which Pulumi finds them. */
export function importsOf(resources: readonly Node[], adopted: Adoption): readonly Imported[] {
  return resources.flatMap((planned) => {
    const there = foundAs(planned, adopted);
    if (there === undefined) return [];
    const { type, name } = planned;
    const provider = type.startsWith("kubernetes:") ? { provider: nameInTable(providerName) } : {};
    return [{ planned, found: there.found, entry: { type, name, id: there.id, parent: meshName, ...provider } }];
  });
}

function nameInTable(name: string): string {
  return name.replace(`${meshName}-`, "");
}

interface There {
  readonly id: string;
  readonly found: Tree;
}

function foundAs({ type, inputs }: Node, adopted: Adoption): There | undefined {
  if (type === "kubernetes:helm.sh/v3:Release") return releaseAs(inputs, adopted);
  if (type === "aws:route53/record:Record") return recordAs(inputs, adopted);
  if (!type.startsWith("kubernetes:")) return undefined;
  return objectAs(type, inputs, adopted);
}

function releaseAs(inputs: unknown, { known }: Adoption): There | undefined {
  const release = known.releases.find(
    ({ name, namespace, chart }) =>
      name === textAt(inputs, "name") && namespace === textAt(inputs, "namespace") && chart === textAt(inputs, "chart"),
  );
  if (release === undefined) return undefined;
  const { namespace, name, version, values } = release;
  return { id: `${namespace}/${name}`, found: { version, values } };
}

function recordAs(inputs: unknown, { known }: Adoption): There | undefined {
  const [name, type, zone] = [textAt(inputs, "name"), textAt(inputs, "type"), textAt(inputs, "zoneId")];
  const record = known.records.find((one) => one.name === name && one.type === type && one.zoneId === zone);
  return record === undefined ? undefined : { id: `${zone}_${name}_${type}`, found: {} };
}

/** Kinds of the inventory; a patch of a namespace is none of the objects that are imported. */
function objectAs(type: string, inputs: unknown, { known, found }: Adoption): There | undefined {
  const kind = textAt(inputs, "kind");
  const [name, namespace] = [textAt(inputs, "metadata", "name"), textAt(inputs, "metadata", "namespace")];
  const group = textAt(inputs, "apiVersion").split("/")[0];
  const objects: Readonly<Record<string, readonly KubernetesObject[]>> = {
    Service: known.services,
    Ingress: known.ingresses,
    Namespace: type.endsWith("Patch") ? [] : known.namespaces,
    PeerAuthentication: known.peerAuthentications,
    ...known.configuration,
    Gateway: known.gateways.filter((one) => String(one.apiVersion).startsWith(`${String(group)}/`)),
  };
  const object = objects[kind]?.find(
    ({ metadata }) => metadata.name === name && (metadata.namespace ?? "") === namespace,
  );
  if (object === undefined || isOfOther(object, found)) return undefined;
  return { id: namespace === "" ? name : `${namespace}/${name}`, found: object };
}

/** The object of a load balancer that stays with its owner is not imported. */
function isOfOther(object: KubernetesObject, { ingresses }: Adoption["found"]): boolean {
  return ingresses.some(({ same, entry }) => !same && entry.object === object);
}

/** The file for `pulumi import --file`; the URNs are those of the program of this repository in a stack. */
export function importFile(imports: readonly Imported[], stack: string): string {
  const root = `urn:pulumi:${stack}::istio-mesh::istio-eks:index:IstioMesh`;
  const nameTable = {
    [meshName]: `${root}::${meshName}`,
    [nameInTable(providerName)]: `${root}$pulumi:providers:kubernetes::${providerName}`,
  };
  return `${JSON.stringify({ nameTable, resources: imports.map(({ entry }) => entry) }, null, 2)}\n`;
}

/** Where changes of a planned object would replace it, and with what. */
export function replacingFields({ planned, found }: Imported): readonly string[] {
  const paths = planned.options["replaceOnChanges"];
  if (!Array.isArray(paths)) return [];
  return paths.map(String).filter((path) => {
    const keys = keysIn(path);
    const wanted = at(planned.inputs, ...keys);
    return typeof wanted === "string" && wanted !== at(found, ...keys);
  });
}

/** The keys of a path such as `metadata.annotations["a.b/c"]`. */
export function keysIn(path: string): readonly string[] {
  const [, plain = path, quoted] = /^(.*)\["(.*)"\]$/.exec(path) ?? [];
  return [...plain.split("."), ...(quoted === undefined ? [] : [quoted])];
}
