import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inCache, program } from "./build/cache";
import { findProgram } from "./build/stamp";
import { type Run, Stack } from "./engine/stack";
import { awsInventory } from "./inventory/aws-inventory";
import { clusterInventory, leftovers } from "./inventory/cluster-inventory";
import { actualBalancers } from "./expected/balancers";
import { missingInCluster } from "./expected/objects";
import { expectedBalancers, sorted } from "./expected/expected-balancers";
import { type ExpectedResource, expectedPlan } from "./expected/expected-plan";
import { actualNames, expectedNames } from "./expected/records";
import { actualSecurity, expectedSecurity } from "./expected/security";
import { describeLive } from "./tier";
import { type TestEnv, type TestEnvOptions, startTestEnv } from "./test-env/test-env";

interface Started {
  readonly testEnv: TestEnv;
  readonly aws: readonly string[];
  readonly cluster: readonly string[];
}

/** A test environment for some tests that belong together, with what was there before any mesh. */
export class Trial {
  private started: Started | undefined;

  public async start(options: TestEnvOptions): Promise<void> {
    const testEnv = await startTestEnv(options);
    this.started = { testEnv, ...(await inventory(testEnv)) };
  }

  public async end(failed: boolean): Promise<void> {
    if (this.started === undefined) return;
    await this.testEnv.close({ keepLogs: failed });
    if (failed) process.stdout.write(`      logs are kept in ${this.testEnv.folder}\n`);
  }

  public get testEnv(): TestEnv {
    return this.before.testEnv;
  }

  private get before(): Started {
    assert.ok(this.started !== undefined, "the test environment did not start");
    return this.started;
  }

  /** What the test itself has put into the test environment counts as there before. */
  public async takeAsGiven(): Promise<void> {
    this.started = { testEnv: this.testEnv, ...(await inventory(this.testEnv)) };
  }

  public async stack(name: string, mesh: object): Promise<Stack> {
    return Stack.create(this.testEnv, name, mesh);
  }

  /** Everything in AWS and in the cluster, as it is now. */
  public async everything(): Promise<readonly string[]> {
    const { aws, cluster } = await inventory(this.testEnv);
    return [...aws, ...cluster];
  }

  /** What is there now and was not before any mesh. */
  public async left(): Promise<readonly string[]> {
    const { aws, cluster } = await inventory(this.testEnv);
    return [...leftovers(this.before.aws, aws), ...leftovers(this.before.cluster, cluster)];
  }

  /** The same where the cluster can no longer be asked. */
  public async leftInAws(): Promise<readonly string[]> {
    return leftovers(this.before.aws, await awsInventory(this.testEnv.aws));
  }

  /** Holds AWS and the cluster against the plan of the stack's configuration; the controller may need a moment. */
  public async isAsPlanned(stack: Stack): Promise<readonly ExpectedResource[]> {
    const expected = await expectedPlan(this.testEnv, stack);
    const { testEnv, aws } = this.before;
    await eventually(async () => {
      assert.deepEqual(await actualSecurity(testEnv.aws.ec2, aws), expectedSecurity(expected));
      assert.deepEqual(await actualNames(testEnv.aws, aws), expectedNames(expected));
      assert.deepEqual(await missingInCluster(testEnv.cluster.client, expected), []);
      await this.haveItsBalancers(expected);
    });
    return expected;
  }

  private async haveItsBalancers(expected: readonly ExpectedResource[]): Promise<void> {
    const wanted = await expectedBalancers(this.testEnv, expected);
    const actual = sorted(await actualBalancers(this.testEnv.aws.elb));
    const names = wanted.map(({ hostname }) => hostname);
    const records = expectedNames(expected).flatMap((line) => / -> alias (\S+) /.exec(line)?.[1] ?? []);
    for (const target of records) assert.ok(names.includes(target), `a record leads to ${target}, which is gone`);
    // The controller adds tags of its own.
    const asked = actual.map((one, index) => ({ ...one, tags: only(one.tags, wanted[index]?.tags ?? {}) }));
    assert.deepEqual(asked, wanted);
  }

  /** Runs helm as somebody does who works beside the mesh. */
  public async helm(command: readonly string[]): Promise<string> {
    return this.tool(findProgram("helm"), command);
  }

  /** The same with kubectl. */
  public async kubectl(command: readonly string[]): Promise<string> {
    return this.tool(program("kubectl"), command);
  }

  /** The same with aws. */
  public async aws(command: readonly string[]): Promise<string> {
    return this.tool(inCache("moto", "bin", "aws"), command);
  }

  /**
   * The records that ExternalDNS would create for these kinds of objects, each as name, type and target. It fails for kinds
   * that the cluster does not have.
   */
  public async externalDnsRecords(sources: readonly string[]): Promise<readonly string[]> {
    const zone = ["--provider=inmemory", "--inmemory-zone=example.com", "--registry=noop"];
    const command = [...sources.map((one) => `--source=${one}`), ...zone, "--once", "--metrics-address=127.0.0.1:0"];
    const kubeconfig = `--kubeconfig=${this.testEnv.cluster.kubeconfig}`;
    const { stderr } = await this.run(program("external-dns"), [...command, kubeconfig]);
    const created = stderr.matchAll(/CREATE: (\S+) \d+ IN (\S+) +(\S+)/g);
    return [...created].map(([, name, type, target]) => `${name} ${type} ${target}`);
  }

  private async tool(name: string, command: readonly string[]): Promise<string> {
    return (await this.run(name, command)).stdout;
  }

  private async run(
    name: string,
    command: readonly string[],
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const env = { ...process.env, ...this.testEnv.environment };
    return promisify(execFile)(name, command, { env, maxBuffer: 20_000_000 });
  }

  /** How often AWS was called so, and how it answered. */
  public calls(action: string): readonly number[] {
    const lines = readFileSync(join(this.testEnv.folder, "logs", "aws-calls.jsonl"), "utf8").split("\n");
    return lines
      .filter((line) => line.includes(`"action":"${action}"`))
      .map((line) => (JSON.parse(line) as { readonly status: number }).status);
  }

  /** Load balancers made and deleted so far: a replaced one counts twice. */
  public get balancerCalls(): { readonly created: number; readonly deleted: number } {
    const good = (action: string) => this.calls(action).filter((status) => status < 300).length;
    return { created: good("CreateLoadBalancer"), deleted: good("DeleteLoadBalancer") };
  }
}

async function inventory(testEnv: TestEnv) {
  const [aws, cluster] = await Promise.all([awsInventory(testEnv.aws), clusterInventory(testEnv.cluster.client)]);
  return { aws, cluster };
}

function only(tags: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key in wanted));
}

/** A group of tests in a test environment of their own. */
export function describeTrial(title: string, body: (trial: Trial) => void, options: TestEnvOptions = {}): void {
  describeLive(title, () => {
    const trial = new Trial();
    let failed = false;
    before(async () => trial.start(options));
    // Each test goes on where the one before ended: after a failure there is nothing more to learn, and the run is red.
    beforeEach(function () {
      if (failed) this.skip();
    });
    afterEach(function () {
      failed ||= this.currentTest?.state === "failed";
    });
    after(async () => trial.end(failed));
    body(trial);
  });
}

/** What has to come true soon. In the end the last reason why not is told. */
export async function eventually(check: () => Promise<void>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Flags of a run that must find nothing to do. */
export const noChange = { flags: ["--expect-no-changes", "--diff"] };

export function succeeded(run: Run): Run {
  assert.equal(run.code, 0, run.output);
  return run;
}

/** A run that failed, with these words for the user. */
export function failed(run: Run, words: RegExp): Run {
  assert.notEqual(run.code, 0, run.output);
  assert.match(run.output, words);
  return run;
}

/** A measured time, beside the name of the test. */
export function report(text: string): void {
  process.stdout.write(`      ${text}\n`);
}
