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
import { actualBalancers } from "./promise/balancers";
import { missingInCluster } from "./promise/objects";
import { promisedBalancers, sorted } from "./promise/promised-balancers";
import { type Promised, promisedPlan } from "./promise/promised-plan";
import { actualNames, promisedNames } from "./promise/records";
import { actualSecurity, promisedSecurity } from "./promise/security";
import { describeLive } from "./tier";
import { type World, type WorldOptions, startWorld } from "./world/world";

interface Started {
  readonly world: World;
  readonly aws: readonly string[];
  readonly cluster: readonly string[];
}

/** A world for some tests that belong together, with what was there before any mesh. */
export class Trial {
  private started: Started | undefined;

  public async start(options: WorldOptions): Promise<void> {
    const world = await startWorld(options);
    this.started = { world, ...(await inventory(world)) };
  }

  public async end(failed: boolean): Promise<void> {
    if (this.started === undefined) return;
    await this.world.close({ keepLogs: failed });
    if (failed) process.stdout.write(`      logs are kept in ${this.world.folder}\n`);
  }

  public get world(): World {
    return this.before.world;
  }

  private get before(): Started {
    assert.ok(this.started !== undefined, "the world did not start");
    return this.started;
  }

  /** What the test itself has put into the world counts as there before. */
  public async takeAsGiven(): Promise<void> {
    this.started = { world: this.world, ...(await inventory(this.world)) };
  }

  public async stack(name: string, mesh: object): Promise<Stack> {
    return Stack.create(this.world, name, mesh);
  }

  /** Everything in AWS and in the cluster, as it is now. */
  public async everything(): Promise<readonly string[]> {
    const { aws, cluster } = await inventory(this.world);
    return [...aws, ...cluster];
  }

  /** What is there now and was not before any mesh. */
  public async left(): Promise<readonly string[]> {
    const { aws, cluster } = await inventory(this.world);
    return [...leftovers(this.before.aws, aws), ...leftovers(this.before.cluster, cluster)];
  }

  /** The same where the cluster can no longer be asked. */
  public async leftInAws(): Promise<readonly string[]> {
    return leftovers(this.before.aws, await awsInventory(this.world.aws));
  }

  /** Holds AWS and the cluster against the plan of the stack's configuration; the controller may need a moment. */
  public async isAsPlanned(stack: Stack): Promise<readonly Promised[]> {
    const promised = await promisedPlan(this.world, stack);
    const { world, aws } = this.before;
    await eventually(async () => {
      assert.deepEqual(await actualSecurity(world.aws.ec2, aws), promisedSecurity(promised));
      assert.deepEqual(await actualNames(world.aws, aws), promisedNames(promised));
      assert.deepEqual(await missingInCluster(world.cluster.client, promised), []);
      await this.haveItsBalancers(promised);
    });
    return promised;
  }

  private async haveItsBalancers(promised: readonly Promised[]): Promise<void> {
    const wanted = await promisedBalancers(this.world, promised);
    const actual = sorted(await actualBalancers(this.world.aws.elb));
    const names = wanted.map(({ hostname }) => hostname);
    const records = promisedNames(promised).flatMap((line) => / -> alias (\S+) /.exec(line)?.[1] ?? []);
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

  private async tool(name: string, command: readonly string[]): Promise<string> {
    const env = { ...process.env, ...this.world.environment };
    return (await promisify(execFile)(name, command, { env, maxBuffer: 20_000_000 })).stdout;
  }

  /** How often AWS was called so, and how it answered. */
  public calls(action: string): readonly number[] {
    const lines = readFileSync(join(this.world.folder, "logs", "aws-calls.jsonl"), "utf8").split("\n");
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

async function inventory(world: World) {
  const [aws, cluster] = await Promise.all([awsInventory(world.aws), clusterInventory(world.cluster.client)]);
  return { aws, cluster };
}

function only(tags: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key in wanted));
}

/** A group of tests in a world of their own. */
export function describeTrial(title: string, body: (trial: Trial) => void, options: WorldOptions = {}): void {
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
export function tell(text: string): void {
  process.stdout.write(`      ${text}\n`);
}
