import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { newFolder, root, run as command } from "../package/packed";
import { installPlugin, Machine, whichOf } from "../package/plugin";
import { type Run, Stack } from "./engine/stack";
import { awsInventory } from "./inventory/aws-inventory";
import { clusterInventory, leftovers } from "./inventory/cluster-inventory";
import { describeLive } from "./tier";
import { startTestEnv, type TestEnv } from "./test-env/test-env";

interface PythonPackages {
  readonly dependencies: Readonly<Record<string, { readonly version: string }>>;
}

/** A Python with Pulumi's SDKs, of the versions that the lock file has for Node, and the one generated from the plugin. */
function makePython(plugin: string): string {
  const [folder, sdk] = [newFolder("python"), newFolder("sdk")];
  new Machine(plugin).pulumi("package", "gen-sdk", plugin, "--language", "python", "-o", sdk);
  const list = command("npm", ["ls", "--json", "--depth=0"], root);
  const { dependencies } = JSON.parse(list) as PythonPackages;
  const versionOf = (name: string) => String(dependencies[`@pulumi/${name}`]?.version);
  const sdks = ["eks", "kubernetes"].map((name) => `pulumi_${name}==${versionOf(name)}`);
  command("python3", ["-m", "venv", folder], root);
  const pip = [join(folder, "bin/pip"), "install", "--quiet"] as const;
  command(
    pip[0],
    [...pip.slice(1), `pulumi==${engineVersion() || versionOf("pulumi")}`, "setuptools", "wheel", ...sdks],
    root,
  );
  command(pip[0], [...pip.slice(1), "--no-deps", "--no-build-isolation", join(sdk, "python")], root);
  return folder;
}

/** Engine and SDK of one version, as a new project has them. An engine that was built from source has none. */
function engineVersion(): string {
  return command("pulumi", ["version"], root).trim().replace(/^v/, "");
}

/** The example as it stands, with its Python and the plugin in the places of this machine. */
function writeExample(testEnv: TestEnv, plugin: string, python: string): string {
  const folder = join(testEnv.folder, "stacks", "python");
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "examples/python"), folder, { recursive: true });
  const project = parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as { runtime: { options: object } };
  const runtime = { ...project.runtime, options: { ...project.runtime.options, virtualenv: python } };
  const plugins = { providers: [{ name: "istio-eks", path: plugin }] };
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, runtime, plugins }));
  return folder;
}

const succeeded = ({ code, output }: Run) => assert.equal(code, 0, output);

const host = "pulumi-language-python";

describeLive("the example in Python, by the real engine", () => {
  let testEnv: TestEnv;
  let stack: Stack;
  let awsBefore: readonly string[];
  let clusterBefore: readonly string[];

  before(async function () {
    if (whichOf(host) === undefined) {
      process.stdout.write(`      skipped: ${host} is not on the PATH\n`);
      this.skip();
    }
    const plugin = installPlugin();
    const python = makePython(plugin);
    testEnv = await startTestEnv();
    awsBefore = await awsInventory(testEnv.aws);
    clusterBefore = await clusterInventory(testEnv.cluster.client);
    const { chartRepository, gatewayApiManifest } = testEnv.repository;
    const config = { cluster: testEnv.account.clusterName, chartRepository, gatewayApiManifest };
    const keys = Object.entries(config).map(([key, value]) => [`istio-mesh-python:${key}`, value]);
    stack = await Stack.open(testEnv, writeExample(testEnv, plugin, python), Object.fromEntries(keys) as object);
  });

  after(async () => {
    await (testEnv as TestEnv | undefined)?.close({ keepLogs: false });
  });

  it("comes up, and tells its outputs", async () => {
    succeeded(await stack.up());
    const { url, version, securityGroup } = await stack.outputs();
    assert.match(String(url), /^http:\/\/.*elb/);
    assert.equal(version, "1.31.4");
    assert.match(String(securityGroup), /^sg-/);
  });

  it("makes the mesh under the same names as a program in TypeScript", async () => {
    const { output } = await stack.run(["stack", "--show-urns"]);
    assert.match(output, /::istio-eks:index:IstioMesh\$kubernetes:helm\.sh\/v3:Release::mesh-istiod/);
  });

  it("changes nothing the second time", async () => succeeded(await stack.up({ flags: ["--expect-no-changes"] })));

  it("reports all that is wrong, as everywhere", async () => {
    const { code, output } = await stack.preview({ flags: ["--config", "istio-mesh-python:cluster=no cluster"] });
    assert.notEqual(code, 0);
    assert.match(output, /cluster\.name/);
  });

  it("is destroyed, and nothing is left", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(leftovers(awsBefore, await awsInventory(testEnv.aws)), []);
    assert.deepEqual(leftovers(clusterBefore, await clusterInventory(testEnv.cluster.client)), []);
  });
});
