import { Provider } from "@pulumi/kubernetes/provider";
import { ComponentResource } from "@pulumi/pulumi";
import { Made } from "../../components/resources/made";
import { recordProgram, type RecordingSettings } from "./recorded";

/** Records what makers make for a mesh called `mesh`. */
export async function recordMaking<Result>(make: (made: Made) => Result, settings: RecordingSettings = {}) {
  const results: Result[] = [];
  const recording = await recordProgram(() => {
    const mesh = new ComponentResource("test:index:Mesh", "mesh", {});
    results.push(make(new Made("mesh", mesh, new Provider("cluster", { kubeconfig: "k" }))));
  }, settings);
  return { ...recording, result: results[0] as Result };
}
