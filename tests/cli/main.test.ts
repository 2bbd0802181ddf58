import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { smallest } from "../support/args";
import { clusterFile } from "../support/peerings";
import { inFolder, writeIn, writeStack } from "../support/plans";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command in a shell, where its output can be sent somewhere. */
function inShell(script: string): Promise<Ended> {
  const command = `${process.execPath} --import tsx ${join("cli", "main.ts")}`;
  return new Promise((resolve) => {
    execFile("bash", ["-c", script.replaceAll("istio-eks", command)], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** Runs the real command in a process of its own; `first` is a file that is loaded before it. */
function istioEks(args: readonly string[], first?: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const loaded = first === undefined ? [] : ["--require", first];
  return new Promise((resolve) => {
    const node = [...loaded, "--import", "tsx", join("cli", "main.ts"), ...args];
    execFile(process.execPath, node, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe("istio-eks", function () {
  this.timeout(60_000);
  const region = { "aws:region": "eu-central-1" };

  it("plan takes the stack files of all clusters of a mesh, with what goes with several", async () => {
    const ended = await inFolder((folder) => {
      const files = ["east", "west"].map((name) => writeIn(folder, `Pulumi.${name}.yaml`, clusterFile(name)));
      return Promise.all([
        istioEks(["plan", "--config", ...files, "--format", "mermaid"]),
        istioEks(["plan", "--config", ...files, "--destroy"]),
      ]);
    });
    const [shown, refused] = ended;
    assert.deepEqual([shown?.code, shown?.stderr], [0, ""]);
    assert.match(shown?.stdout ?? "", /^flowchart LR\n {2}subgraph c0\["east: production-east/);
    assert.equal(refused?.code, 2);
    assert.match(
      refused?.stderr ?? "",
      /--destroy does not go with several stack files\.\n\n {2}to do {4}leave out --destroy/,
    );
  });

  it("plan ends with 0 and writes to the screen, and nothing else", async () => {
    const { code, stdout, stderr } = await inFolder((folder) =>
      istioEks(["plan", "--config", writeStack(folder, { ...smallest, istio: { version: "1.28.10" } }, region)]),
    );
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, /^IstioMesh "mesh": sidecar, Istio 1\.28\.10/);
    assert.match(stdout, /\nwarning istio\.version: Istio no longer supports 1\.28/);
  });

  it("plan paints nothing that goes into a file or another program, also on CI, where colours would be possible", async () => {
    const { stdout } = await istioEks(["plan"], undefined, { CI: "true" });
    assert.ok(!stdout.includes("\u001b"), stdout.slice(0, 200));
  });

  it("plan takes every option by its short name, and shows Pulumi.dev.yaml where no file is named", async () => {
    await inFolder(async (folder) => {
      const output = join(folder, "plan.dot");
      const { code, stdout, stderr } = await istioEks(["plan", "-f", "dot", "-o", output, "--destroy"]);
      assert.deepEqual({ code, stdout }, { code: 0, stdout: "" });
      assert.ok(stderr.endsWith(`wrote ${output} (dot)\n`), stderr);
      assert.match(readFileSync(output, "utf8"), /^digraph "mesh"/);
    });
  });

  it("plan takes the format from the ending of the output file, unless one is named", async () => {
    await inFolder(async (folder) => {
      const [page, tree] = [join(folder, "plan.html"), join(folder, "tree.html")];
      const ended = await Promise.all([
        istioEks(["plan", "-o", page]),
        istioEks(["plan", "-f", "tree", "-o", tree]),
        istioEks(["plan", "-f", "json", "-o", "-"]),
      ]);
      assert.deepEqual(
        ended.map(({ code }) => code),
        [0, 0, 0],
      );
      assert.match(readFileSync(page, "utf8"), /^<!doctype html>/);
      assert.match(readFileSync(tree, "utf8"), /^IstioMesh/);
      assert.match(ended[2].stdout, /^\{\n {2}"resources"/);
    });
  });

  it("plan reads a stack file from standard input, and refuses one that is named without an option", async () => {
    const [piped, named] = await Promise.all([
      inShell("istio-eks plan -c - < examples/stacks/sidecar-nlb.yaml"),
      istioEks(["plan", "Pulumi.production.yaml"]),
    ]);
    assert.match(piped.stdout, /^IstioMesh "mesh": sidecar/);
    assert.equal(named.code, 2);
    assert.match(
      named.stderr,
      /no argument "Pulumi\.production\.yaml"[\s\S]*istio-eks plan --config Pulumi\.production\.yaml/,
    );
  });

  it("plan --fleet ends with 1 where a cluster has problems, 2 where the file is none, and stands alone", async () => {
    await inFolder(async (folder) => {
      const mesh = (mode: string) => `clusters: { a: { config: { "istio-mesh:mesh": { mode: ${mode} } } } }`;
      const fleets = [mesh("ambient"), mesh("fast"), "clusters: {}"];
      const files = fleets.map((text, index) => writeIn(folder, `fleet-${index}.yaml`, text));
      const [whole, wrong, none, both] = await Promise.all([
        ...files.map((file) => istioEks(["plan", "--fleet", file])),
        istioEks(["plan", "--fleet", "fleet.yaml", "--config", "Pulumi.dev.yaml"]),
      ]);
      assert.deepEqual([whole?.code, wrong?.code, none?.code, both?.code], [0, 1, 2, 2]);
      assert.match(String(wrong?.stdout), /, 1 with problems\.\n[\s\S]*a \(fleet-1\.yaml:1\): mode/);
      assert.match(String(both?.stderr), /'--fleet <file>' cannot be used with option '-c, --config <files...>'/);
    });
  });

  it("plan says in one line that a disk is full, and is content with a reader that has gone", async () => {
    const [full, gone] = await Promise.all([
      inShell("istio-eks plan > /dev/full"),
      inShell("set -o pipefail; istio-eks plan -f json | true"),
    ]);
    assert.equal(full.code, 1);
    assert.match(full.stderr, /^The output cannot be written: ENOSPC[^\n]*\n$/);
    assert.deepEqual([gone.code, gone.stderr], [0, ""]);
  });

  it("plan paints where FORCE_COLOR asks for it, and not where NO_COLOR refuses it", async () => {
    const painted = async (env: NodeJS.ProcessEnv) =>
      (await istioEks(["plan"], undefined, env)).stdout.includes("\u001b");
    assert.deepEqual(
      await Promise.all([
        painted({ FORCE_COLOR: "1" }),
        painted({ FORCE_COLOR: "0" }),
        painted({ FORCE_COLOR: "1", NO_COLOR: "1" }),
      ]),
      [true, false, false],
    );
  });

  it("tells its version, and the versions of Istio also where no chart repository can be reached", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    const [own, istio] = await Promise.all([
      istioEks(["--version"]),
      istioEks(["versions", "--chart-repository", "http://127.0.0.1:9", "--timeout", "5"]),
    ]);
    assert.equal(own.stdout, `${version}\n`);
    assert.equal(istio.code, 0);
    assert.match(
      istio.stdout,
      /\n1\.31 .*\n[\s\S]*newest: not known, http:\/\/127\.0\.0\.1:9 cannot be reached \(.+\)\n$/,
    );
  });

  it("plan wraps the tree at COLUMNS, and folds unless --all is given", async () => {
    await inFolder(async (folder) => {
      const namespaces = { "team-a": {}, "team-b": {}, "team-c": {} };
      const config = writeStack(folder, { ...smallest, namespaces }, region);
      const [folded, all] = await Promise.all([
        istioEks(["plan", "-c", config], undefined, { COLUMNS: "90" }),
        istioEks(["plan", "-c", config, "--all"], undefined, { COLUMNS: "90" }),
      ]);
      assert.match(folded.stdout, /3 × Namespace: team-a … team-c/);
      assert.deepEqual(
        folded.stdout.split("\n").filter((line) => line.length > 90),
        [],
      );
      assert.match(all.stdout, /Namespace: team-b/);
    });
  });

  it("plan ends with 2 and reports every problem of wrong arguments", async () => {
    const { code, stdout, stderr } = await inFolder((folder) =>
      istioEks(["plan", "-c", writeStack(folder, { mode: "ambiant", cluster: { name: "prod", vpcId: "main" } })]),
    );
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /\n {2}cluster\.vpcId \(Pulumi\.test\.yaml:\d\)\n/);
    assert.equal(
      stderr.replaceAll(/ \(Pulumi\.test\.yaml:\d\)$/gm, ""),
      `2 problems in the arguments of the mesh "mesh"; nothing was made.

  mode
    given    "ambiant"
    allowed  one of "sidecar", "ambient"
    to do    did you mean "ambient"?

  cluster.vpcId
    given    "main"
    allowed  the id of a VPC, such as vpc-0123456789abcdef0
    to do    write the id of a VPC, such as vpc-0123456789abcdef0
`,
    );
  });

  it("plan ends with 2 where a file is wrong or missing", async () => {
    await inFolder(async (folder) => {
      const broken = writeIn(folder, "broken.yaml", "config: [\n");
      const [stack, facts] = await Promise.all([
        istioEks(["plan", "--config", broken]),
        istioEks(["plan", "--facts", join(folder, "nowhere.yaml")]),
      ]);
      assert.equal(stack.code, 2);
      assert.match(stack.stderr, /broken\.yaml is no YAML/);
      assert.equal(facts.code, 2);
      assert.match(facts.stderr, /^--facts .*nowhere\.yaml cannot be read/);
    });
  });

  it("ends with 2 where the command line itself is wrong, and with 0 where one asks for help", async () => {
    const [format, help] = await Promise.all([istioEks(["plan", "--format", "xml"]), istioEks(["plan", "--help"])]);
    assert.equal(format.code, 2);
    assert.match(
      format.stderr,
      /Allowed choices are tree, json, values, traffic, mermaid, dot, svg, html, iam, rbac\./,
    );
    assert.equal(help.code, 0);
    for (const option of ["--config", "--format", "--output", "--facts", "--destroy"]) {
      assert.ok(help.stdout.includes(option), option);
    }
  });

  it("check ends with 1 where nobody could be asked, and reports each, in words and in JSON", async () => {
    await inFolder(async (folder) => {
      const config = writeStack(folder, { ...smallest, cluster: { name: "prod" } });
      const nothing = { PATH: folder };
      const [text, json] = await Promise.all([
        istioEks(["check", "--config", config], undefined, nothing),
        istioEks(["check", "--config", config, "--format", "json"], undefined, nothing),
      ]);
      assert.deepEqual([text.code, json.code, text.stderr, json.stderr], [1, 1, "", ""]);
      assert.match(text.stdout, /^✗ problem access\/cluster-tool-missing\n {2}where {4}cluster prod\n/);
      assert.match(text.stdout, /\n✗ problem access\/aws-tool-missing\n/);
      assert.ok(!text.stdout.includes("\u001b"), "it painted");
      const { counts } = JSON.parse(json.stdout) as { counts: Readonly<Record<string, number>> };
      assert.equal(counts["problem"], 2);
      assert.equal(counts["ok"], 0);
    });
  });

  it("check ends with 2 where its input is wrong, and asks nobody", async () => {
    await inFolder(async (folder) => {
      const config = writeStack(folder, { mode: "ambiant", cluster: { name: "prod" } });
      const [mesh, timeout] = await Promise.all([
        istioEks(["check", "--config", config]),
        istioEks(["check", "--timeout", "soon"]),
      ]);
      assert.deepEqual([mesh.code, mesh.stdout, timeout.code, timeout.stdout], [2, "", 2, ""]);
      assert.match(mesh.stderr, /did you mean "ambient"/);
      assert.match(timeout.stderr, /It must be a number of seconds/);
    });
  });

  it("check loads nothing of Pulumi", async () => {
    await inFolder(async (folder) => {
      const reported = "process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));";
      const { stderr } = await istioEks(
        ["check", "--config", writeStack(folder, { ...smallest, cluster: { name: "prod" } })],
        writeIn(folder, "told.cjs", reported),
        { PATH: folder },
      );
      assert.ok(stderr.includes("check-command"), stderr.slice(0, 500));
      assert.ok(
        !stderr.includes("@pulumi"),
        stderr.split("\n").find((line) => line.includes("@pulumi")),
      );
    });
  });

  it("ends with 1 and a stack where something happens that nobody expected", async () => {
    const { code, stderr } = await inFolder((folder) => {
      const breaking = "process.stdout.write = () => { throw new Error('no screen'); };";
      return istioEks(["plan"], writeIn(folder, "break.cjs", breaking));
    });
    assert.equal(code, 1);
    assert.match(stderr, /^Error: no screen\n {4}at /);
  });
});
