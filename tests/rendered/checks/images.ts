import { type Finding, findingIf } from "../finding";
import type { MeshWorkloads } from "../mesh/mesh-workloads";
import { type KubernetesObject, containersOf, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { inputValuesOf, textAt } from "../tree";

const check = "image";

/** Finds containers whose image is not from the registry asked for, or not of a version that is installed. */
export function findWrongImages(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const hubs = hubsOf(mesh);
  const own = usersOwn(mesh);
  const versions = [...new Set([...mesh.releases.map(({ chartVersion }) => chartVersion), ...own.tags])];
  const any = (texts: readonly string[]) => `(${texts.map(escaped).join("|")})`;
  const form = new RegExp(`^${any(hubs)}/[a-z0-9-]+:${any(versions)}(-distroless|-debug)?$`);
  const workloads = [...meshWorkloads.charted, ...meshWorkloads.provisioned, ...meshWorkloads.applications];
  return workloads.flatMap((workload) =>
    containersOf(workload)
      .map((container) => textAt(container, "image"))
      .filter((image) => !isApplication(workload, image) && !own.images.includes(image))
      .flatMap((image) =>
        findingIf(!form.test(image), check, {
          where: titleOf(workload),
          message: `"${image}" is not from ${hubs.join(" or ")} in version ${versions.join(" or ")}`,
        }),
      ),
  );
}

/** Whole images and tags that the user's own chart values name. */
function usersOwn({ settings: { controlPlane } }: RenderedMesh) {
  const { values } = controlPlane;
  const reported = inputValuesOf(values).map((place) => ({
    key: String(place[place.length - 1]),
    text: textAt(values, ...place),
  }));
  const texts = (keys: readonly string[]) => reported.filter(({ key }) => keys.includes(key)).map(({ text }) => text);
  return { images: texts(["image"]).filter((image) => image.includes("/")), tags: texts(["tag"]) };
}

/** The registry asked for, and what the user's own chart values put in its place. */
function hubsOf({ settings: { controlPlane } }: RenderedMesh): readonly string[] {
  const given = Object.values(controlPlane.values).flatMap((values) => [
    textAt(values, "global", "hub"),
    textAt(values, "hub"),
  ]);
  return [controlPlane.hub, ...given.filter((hub) => hub !== "")];
}

function isApplication({ origin }: KubernetesObject, image: string): boolean {
  return origin.startsWith("an application") && image.startsWith("example.com/");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
