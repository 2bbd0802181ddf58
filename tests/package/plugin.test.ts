import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newFolder, run } from "./packed";
import { installPlugin, Machine, missingPrograms } from "./plugin";
import { schemaFile } from "./schema";

const missing = missingPrograms();

describe("the plugin, by the real pulumi", () => {
  let plugin = "";
  let machine: Machine;

  before(function () {
    if (missing.length > 0) {
      process.stdout.write(`      skipped: not on the PATH: ${missing.join(", ")}\n`);
      this.skip();
    }
    plugin = installPlugin();
    machine = new Machine(plugin);
  });

  it("tells the schema", () => {
    const reported = JSON.parse(machine.pulumi("package", "get-schema", plugin)) as { readonly resources: object };
    const written = JSON.parse(readFileSync(schemaFile, "utf8")) as { readonly resources: object };
    assert.deepEqual(Object.keys(reported.resources), Object.keys(written.resources));
  });

  it("becomes an SDK for Python that compiles, with each type under the name one would expect", () => {
    const out = newFolder("sdk");
    machine.pulumi("package", "gen-sdk", plugin, "--language", "python", "-o", out);
    run("python3", ["-m", "compileall", "-q", join(out, "python")], out);
    const inputs = readFileSync(join(out, "python/pulumi_istio_eks/_inputs.py"), "utf8");
    for (const name of ["ClusterArgs", "IngressArgs", "NlbArgs"])
      assert.match(inputs, new RegExp(`^class ${name}:`, "m"));
    const mesh = readFileSync(join(out, "python/pulumi_istio_eks/istio_mesh.py"), "utf8");
    assert.match(mesh, /load_balancer_controller: Optional\['LoadBalancerController'\] = None/);
  });

  it("becomes an SDK for Node", () => {
    const out = newFolder("sdk");
    machine.pulumi("package", "gen-sdk", plugin, "--language", "nodejs", "-o", out);
    assert.match(readFileSync(join(out, "nodejs/istioMesh.ts"), "utf8"), /cluster: inputs\.ClusterArgs;/);
  });
});
