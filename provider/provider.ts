import type * as pulumi from "@pulumi/pulumi";
// Its import teaches Pulumi what an eks.Cluster is, which programs in other languages pass by reference.
import "@pulumi/eks";
import { IstioMesh, type IstioMeshArgs } from "../components";
import schema from "./schema.json";

const meshType = "istio-eks:index:IstioMesh";

/**
 * The component for Pulumi's other languages.
 *
 * The schema is the one that Pulumi's analyzer wrote when the package was made (`npm run schema`). To host the source
 * itself would check every type of every SDK at each `pulumi up`, in each language, before the first resource.
 */
export const provider: pulumi.provider.Provider = {
  version: schema.version,
  schema: JSON.stringify(schema),
  // eslint-disable-next-line max-params -- the signature is Pulumi's
  construct(name, type, inputs, options) {
    if (type !== meshType) return Promise.reject(new Error(`istio-eks has no ${type}; it has ${meshType}`));
    // The engine has checked the inputs against the schema, and the mesh checks what a schema cannot say.
    const mesh = new IstioMesh(name, inputs as unknown as IstioMeshArgs, options);
    const state = Object.keys(schema.resources[meshType].properties).map((output) => [output, memberOf(mesh, output)]);
    return Promise.resolve({ urn: mesh.urn, state: Object.fromEntries(state) as pulumi.Inputs });
  },
};

function memberOf(mesh: IstioMesh, output: string): unknown {
  return (mesh as unknown as Readonly<Record<string, unknown>>)[output];
}
