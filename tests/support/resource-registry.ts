import { Provider } from "@pulumi/kubernetes/provider";
import { ComponentResource } from "@pulumi/pulumi";
import { ResourceRegistry } from "../../components/resources/resource-registry";
import { recordProgram, type RecordingSettings } from "./recorded";

/** Records what makers make for a mesh, which is called `mesh` unless another name is given. */
export async function recordMaking<Result>(
  make: (created: ResourceRegistry) => Result,
  settings: RecordingSettings = {},
  mesh = "mesh",
) {
  const results: Result[] = [];
  const recording = await recordProgram(() => {
    const parent = new ComponentResource("test:index:Mesh", mesh, {});
    results.push(make(new ResourceRegistry(mesh, parent, new Provider("cluster", { kubeconfig: "k" }))));
  }, settings);
  return { ...recording, result: results[0] as Result };
}
