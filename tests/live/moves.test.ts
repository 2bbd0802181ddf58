import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { olderIstioVersion } from "./build/parts";
import { repository } from "./engine/toolbox";
import type { Stack } from "./engine/stack";
import { describeTrial, failed, noChange, succeeded } from "./trial";

/** What docs/how-to/terraform.md imports: its block is what runs here. */
const guide = readFileSync(join(repository, "docs/how-to/terraform.md"), "utf8");
const importFile = String(/^```json\n([\s\S]*?)^```$/m.exec(guide)?.[1]);

describeTrial("the move of a mesh that the Terraform tutorials have made", (trial) => {
  let stack: Stack;

  /** A step of the guide, on this test environment's cluster; without certificate, which the tutorials' account has and this one not. */
  const step = (name: string) => {
    const file = join(repository, "examples/how-to/terraform", `${name}.yaml`);
    const { config } = parse(readFileSync(file, "utf8")) as { readonly config: Record<string, Record<string, object>> };
    const mesh = { ...config["istio-mesh:mesh"] };
    const { edge } = mesh["additionalIngresses"] as { readonly edge: object };
    return {
      ...mesh,
      cluster: { name: trial.testEnv.account.clusterName },
      istio: { ...chartsOf(mesh["istio"]), ...mesh["istio"] },
      additionalIngresses: { edge: { ...edge, tls: undefined } },
      cleanup: { timeoutSeconds: 60 },
    };
  };

  const chartsOf = (istio: object = {}) =>
    "profile" in istio ? {} : { chartRepository: trial.testEnv.repository.chartRepository };

  it("begins with the releases and namespaces of the tutorials", async () => {
    const chart = (name: string) => [
      `--repo=${trial.testEnv.repository.chartRepository}`,
      `--version=${olderIstioVersion}`,
      name,
    ];
    const into = (namespace: string) => [`--namespace=${namespace}`, "--create-namespace", "--wait"];
    await trial.helm([
      "install",
      "istio-base",
      ...chart("base"),
      ...into("istio-system"),
      "--set=defaultRevision=default",
    ]);
    await trial.helm([
      "install",
      "istiod",
      ...chart("istiod"),
      ...into("istio-system"),
      "--set=telemetry.enabled=true",
    ]);
    await trial.helm([
      "install",
      "istio-ingress",
      ...chart("gateway"),
      ...into("istio-ingress"),
      "--set=service.type=NodePort",
    ]);
    await trial.takeAsGiven();
  });

  it("puts a load balancer of its own before the gateway that is there", async () => {
    stack = await trial.stack("moved", step("1-load-balancer"));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
  });

  it("takes the releases and namespaces into its state, as the guide says", async () => {
    stack.configure(step("2-istio"));
    failed(await stack.up(), /namespaces "istio-(system|ingress)" already exists/);
    const urns = (await stack.run(["stack", "--show-urns"])).output;
    const urn = (name: string) => String(new RegExp(`urn:\\S+::${name}(?=\\s|$)`, "m").exec(urns)?.[0]);
    const file = join(trial.testEnv.folder, "import.json");
    writeFileSync(
      file,
      importFile.replace("<urn of mesh>", urn("mesh")).replace("<urn of mesh-kubernetes>", urn("mesh-kubernetes")),
    );
    succeeded(await stack.run(["import", `--file=${file}`, "--protect=false", "--generate-code=false", "--yes"]));
  });

  it("upgrades them in place, and replaces nothing", async () => {
    const balancers = trial.balancerCalls;
    const run = succeeded(await stack.up());
    assert.doesNotMatch(run.output, /replac/);
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, balancers);
    succeeded(await stack.up(noChange));
    const releases = await trial.helm(["list", "--all-namespaces", "--output=json"]);
    const revisions = (JSON.parse(releases) as readonly { readonly name: string; readonly revision: string }[]).map(
      ({ name, revision }) => `${name} ${revision}`,
    );
    assert.deepEqual(revisions.sort(), ["edge 1", "istio-base 2", "istio-ingress 1", "istiod 2"]);
  });

  it("needs the old gateway no more", async () => {
    await trial.helm(["uninstall", "istio-ingress", "--namespace=istio-ingress", "--wait"]);
    succeeded(await stack.up(noChange));
    await trial.isAsPlanned(stack);
  });

  it("goes as a whole, with what was imported", async () => {
    succeeded(await stack.destroy());
    assert.equal((await trial.helm(["list", "--all-namespaces", "--short"])).trim(), "");
    assert.deepEqual(
      (await trial.left()).filter((line) => !/^(ConfigMap|namespace) /i.test(line)),
      [],
    );
  });
});
