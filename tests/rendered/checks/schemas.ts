import { type Finding, findingIf } from "../finding";
import { type MeshWorkloads, istiodsOf } from "../mesh/mesh-workloads";
import { type KubernetesObject, namespaceOf, titleOf } from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { namespaceLabels } from "../mesh/mesh-workloads";
import type { Validator, ValidationResult } from "../sources/validator";
import { textAt } from "../tree";

const check = "schema";

/** Kinds of which nobody here has a schema, and why. */
export const withoutSchema: Readonly<Record<string, string>> = {
  "eks.amazonaws.com/v1 IngressClassParams": "EKS Auto Mode's own kind; AWS does not publish its definition",
};

/** What the validators need besides the mesh. */
export interface SchemaTools {
  readonly validator: Validator;
  /** Files with the CustomResourceDefinitions that the cluster would have. */
  readonly definitions: readonly string[];
}

/** Finds objects that the API server or istiod would refuse, or whose unknown fields they would drop. */
export async function findInvalid(
  mesh: RenderedMesh,
  meshWorkloads: MeshWorkloads,
  tools: SchemaTools,
): Promise<readonly Finding[]> {
  const definitions = /^CustomResourceDefinition$/;
  const created = mesh.releases.flatMap(({ objects }) => objects);
  const objects = [
    ...mesh.own,
    ...created,
    ...meshWorkloads.provisioned,
    ...meshWorkloads.charted,
    ...meshWorkloads.applications,
  ].filter(({ body }) => !definitions.test(textAt(body, "kind")));
  return [
    ...(await findInvalidObjects(objects, tools)),
    ...(await wrongMeshConfigs(mesh, tools.validator)),
    ...(await wrongPodSecurity(mesh, meshWorkloads, tools.validator)),
  ];
}

/** Finds what is wrong with single objects. */
export async function findInvalidObjects(
  objects: readonly KubernetesObject[],
  { validator, definitions }: SchemaTools,
): Promise<readonly Finding[]> {
  const question = { crds: definitions, objects: objects.map(({ body }) => body) };
  const results = await validator.ask<readonly ValidationResult[]>("validate", question);
  return objects.flatMap((object, index) => {
    const result = results[index];
    const kind = `${textAt(object.body, "apiVersion")} ${textAt(object.body, "kind")}`;
    const unknown = result?.by.length === 0 && withoutSchema[kind] === undefined;
    return [
      ...findingIf(unknown, check, { where: titleOf(object), message: `nobody here knows the kind ${kind}` }),
      ...(result?.complaints ?? []).map((message) => ({ check, where: titleOf(object), message })),
    ];
  });
}

async function wrongMeshConfigs(mesh: RenderedMesh, validator: Validator): Promise<readonly Finding[]> {
  const findings = istiodsOf(mesh).map(async ({ facts, release }): Promise<readonly Finding[]> => {
    if (textAt(facts, "mesh") === "") return [];
    try {
      await validator.ask("mesh", { istiod: facts });
      return [];
    } catch (error) {
      return [{ check, where: `${release.name}: meshConfig`, message: String(error) }];
    }
  });
  return (await Promise.all(findings)).flat();
}

const enforced = "pod-security.kubernetes.io/enforce";

/** Finds pods that the Pod Security level of their own namespace would keep out. */
async function wrongPodSecurity(
  mesh: RenderedMesh,
  meshWorkloads: MeshWorkloads,
  validator: Validator,
): Promise<readonly Finding[]> {
  const workloads = [...meshWorkloads.charted, ...meshWorkloads.provisioned];
  const findings = workloads.map(async (workload) => {
    const level = namespaceLabels(mesh, namespaceOf(workload))[enforced];
    if (level === undefined) return [];
    const [result] = await validator.ask<readonly ValidationResult[]>("admit", {
      values: { level },
      objects: [workload.body],
    });
    return (result?.complaints ?? []).map((message) => ({ check, where: titleOf(workload), message }));
  });
  return (await Promise.all(findings)).flat();
}
