import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerOf, testEnvFolders } from "./by-hand/test-envs";
import { describeLive } from "./tier";

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function start(program: string, environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const env = { ...process.env, ...environment };
  const command = ["--import=tsx", join(__dirname, "by-hand", program)];
  return spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function ended(child: ChildProcess): Promise<Ended> {
  const texts = { output: "", errors: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (texts.errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...texts };
}

/** What `eval` would put into the environment of a shell. */
function exported(output: string): Readonly<Record<string, string>> {
  const lines = [...output.matchAll(/^export (\w+)="(.*)"$/gm)];
  return Object.fromEntries(
    lines.map(([, name = "", value = ""]) => [name, value.replace("$PATH", process.env["PATH"] ?? "")]),
  );
}

async function shell(command: string, environment: NodeJS.ProcessEnv): Promise<Ended> {
  return ended(spawn("/bin/sh", ["-c", command], { env: { ...process.env, ...environment } }));
}

/** Processes that have this folder in their environment or command: the parts of a test environment. */
function partsOf(folder: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
    } catch {
      return false;
    }
  });
}

describeLive("a test environment by hand", () => {
  let environment: Readonly<Record<string, string>>;
  let folder = "";

  after(async () => {
    if (existsSync(folder)) await ended(start("down.ts", environment));
  });

  it("starts, and tells a shell all that it needs", async () => {
    const { code, output, errors } = await ended(start("up.ts"));
    assert.equal(code, 0, errors);
    environment = exported(output);
    folder = environment["ISTIO_EKS_TEST_ENV"] ?? "";
    assert.ok(existsSync(folder), output);
    const nodes = await shell("kubectl get nodes --output=name && aws eks list-clusters --output=text", environment);
    assert.equal(nodes.code, 0, nodes.errors);
    assert.match(nodes.output, /^(node\/\S+\n){3}CLUSTERS\tlive\n$/);
    for (const address of [`${environment["CHART_REPOSITORY"]}/index.yaml`, String(environment["GATEWAY_API"])]) {
      assert.ok((await fetch(address)).ok, address);
    }
  });

  it("ends with live:down, which leaves the test environments of others alone", async () => {
    const others = testEnvFolders().filter((one) => one !== folder && ownerOf(one) !== undefined);
    const { code, output } = await ended(start("down.ts", environment));
    assert.equal(code, 0);
    assert.match(output, new RegExp(`^ended ${folder}$`, "m"));
    assert.equal(existsSync(folder), false);
    assert.deepEqual(partsOf(folder), []);
    for (const other of others) assert.ok(!output.includes(other), output);
  });

  it("is ended only once: a second live:down has nothing to do", async () => {
    const { code, output } = await ended(start("down.ts", environment));
    assert.equal(code, 0);
    assert.ok(!output.includes(folder), output);
  });

  it("is not there if its start is interrupted", async () => {
    const before = testEnvFolders();
    const waiting = () => readdirSync(tmpdir()).filter((name) => name.startsWith("istio-eks-up-"));
    const waitingBefore = waiting();
    const child = start("up.ts");
    const end = ended(child);
    const begun = Date.now();
    let mine: string | undefined;
    while (mine === undefined && Date.now() - begun < 60_000) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      mine = testEnvFolders().find(
        (one) => !before.includes(one) && existsSync(join(one, "logs", "kube-apiserver.log")),
      );
    }
    assert.ok(mine !== undefined);
    child.kill("SIGINT");
    assert.notEqual((await end).code, 0);
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline && (existsSync(mine) || partsOf(mine).length > 0)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(existsSync(mine), false);
    assert.deepEqual(partsOf(mine), []);
    assert.deepEqual(waiting(), waitingBefore);
  });
});
