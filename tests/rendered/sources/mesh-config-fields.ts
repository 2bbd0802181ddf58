import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KeyTree } from "../../../components/control-plane/charts/values/chart-keys";
import { keysOfMessage, messagesOf } from "./proto-fields";

/** Release of istio.io/api whose proto files are read. */
export const apiVersion = "v1.31.1";

const files = [
  "mesh/v1alpha1/config.proto",
  "mesh/v1alpha1/proxy.proto",
  "networking/v1alpha3/destination_rule.proto",
  "networking/v1alpha3/virtual_service.proto",
  "networking/v1alpha3/workload_group.proto",
  "networking/v1beta1/proxy_config.proto",
];

/** Fields of Istio's MeshConfig, as `components/control-plane/charts/values/mesh-config-fields.json` has them. */
export interface MeshConfigTable {
  readonly source: string;
  readonly minor: string;
  readonly fields: KeyTree;
}

/** The table, read from the Go module of Istio's API. Needs `go` on the PATH. */
export function meshConfigTable(): MeshConfigTable {
  const module = `istio.io/api@${apiVersion}`;
  const { Dir } = JSON.parse(execFileSync("go", ["mod", "download", "-json", module], { encoding: "utf8" })) as {
    readonly Dir: string;
  };
  const messages = messagesOf(files.map((file) => readFileSync(join(Dir, file), "utf8")));
  const fields = keysOfMessage(messages, "istio.mesh.v1alpha1.MeshConfig");
  return { source: `Go module ${module}`, minor: String(/^v(\d+\.\d+)\./.exec(apiVersion)?.[1]), fields };
}

/** The table as the file has it. */
export function meshConfigText(): string {
  return `${JSON.stringify(meshConfigTable(), null, 2)}\n`;
}
