import { isDeepStrictEqual } from "node:util";
import { type KubernetesObject, kindOf, nameOf } from "./mesh/kubernetes-object";
import type { RenderedMesh } from "./mesh/rendered-mesh";
import type { MeshWorkloads } from "./mesh/mesh-workloads";
import type { Render } from "./sources/helm";
import { type Block, type Place, isBlock, withValueAt } from "./tree";

// Faults are seeded into what was planned and rendered, never into the component: the checks take both as data.

/** An object that is changed, by its kind and, where there are several, its name. */
export interface Which {
  readonly kind: string;
  readonly name?: string;
}

/** One change at a place of an object. */
export interface Change extends Which {
  readonly at: Place;
  readonly to: unknown;
}

function changed(objects: readonly KubernetesObject[], { kind, name, at, to }: Change): readonly KubernetesObject[] {
  return objects.map((object) =>
    kindOf(object) === kind && (name === undefined || nameOf(object) === name)
      ? { ...object, body: block(withValueAt(object.body, at, to)) }
      : object,
  );
}

function block(value: unknown): Block {
  if (!isBlock(value)) throw new Error("an object became something else");
  return value;
}

/** A mesh with another value in one of the objects that the component makes. */
export function withOwn(mesh: RenderedMesh, change: Change): RenderedMesh {
  return different(mesh, { ...mesh, own: changed(mesh.own, change) });
}

/** A mesh with another value in what a release renders. */
export function withRendered(mesh: RenderedMesh, change: Change): RenderedMesh {
  const releases = mesh.releases.map((release) => ({ ...release, objects: changed(release.objects, change) }));
  return different(mesh, { ...mesh, releases });
}

/** Pods with another value in them. */
export function withPods(meshWorkloads: MeshWorkloads, change: Change): MeshWorkloads {
  const [charted, provisioned] = [changed(meshWorkloads.charted, change), changed(meshWorkloads.provisioned, change)];
  return different(meshWorkloads, { ...meshWorkloads, charted, provisioned });
}

/** A mesh with another value in an input of a resource of the plan. */
export function withInput(mesh: RenderedMesh, name: RegExp, { at, to }: Pick<Change, "at" | "to">): RenderedMesh {
  const resources = mesh.plan.resources.map((resource) =>
    name.test(resource.name) ? { ...resource, inputs: withValueAt(resource.inputs, at, to) } : resource,
  );
  return different(mesh, { ...mesh, plan: { ...mesh.plan, resources } });
}

/** A mesh one of whose releases is given another value, and rendered again. */
export async function withValue(
  mesh: RenderedMesh,
  render: Render,
  { release: name, at, to }: { readonly release: string; readonly at: Place; readonly to: unknown },
): Promise<RenderedMesh> {
  const releases = mesh.releases.map(async (release) => {
    if (release.release !== name) return release;
    const values = block(withValueAt(release.values, at, to));
    const { folder, namespace } = release;
    const { objects, notes } = await render({ chart: folder, release: name, namespace, values });
    const created = objects.map((body, index) => ({
      origin: `release ${name}`,
      body: placed(body, release.objects[index]),
    }));
    return { ...release, values, objects: created, notes };
  });
  return different(mesh, { ...mesh, releases: await Promise.all(releases) });
}

/** Helm's own rendering leaves out the release's namespace where the chart does. */
function placed(body: Block, before: KubernetesObject | undefined): Block {
  const metadata = isBlock(body["metadata"]) ? body["metadata"] : {};
  const known = isBlock(before?.body["metadata"]) ? before.body["metadata"]["namespace"] : undefined;
  return "namespace" in metadata || known === undefined
    ? body
    : { ...body, metadata: { ...metadata, namespace: known } };
}

/** A fault that changes nothing would test nothing. */
function different<Value>(before: Value, after: Value): Value {
  if (isDeepStrictEqual(before, after)) throw new Error("nothing was changed: the place is not there");
  return after;
}
