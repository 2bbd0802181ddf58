/**
 * How long `pulumi up` and `pulumi destroy` take on a local EKS, what they wait for, and what a tutorial's way takes on
 * the same. Run it with `npm run bench:live` on a machine that does nothing else; it prints tables. Nothing here is
 * asserted in a test. `-- --runs 5` repeats more often, `-- --only nlb` measures some of it, `-- --quick` leaves the
 * slow test environments out.
 */
import { DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Stack } from "../../tests/live/engine/stack";
import { type Combination, meshOf } from "../../tests/live/meshes";
import { type TestEnv, startTestEnv } from "../../tests/live/test-env/test-env";
import { type Timeline, afterDependencies, afterLevels, dependenciesOf, timeline } from "./timeline";
import { Tutorial } from "./tutorial";

/** Seconds of waiting that the test environment adds. */
interface Delays {
  readonly pods: number;
  readonly balancer: number;
}

interface Way {
  readonly name: string;
  /** None: the tutorial's. */
  readonly combination?: Combination;
}

interface Measured {
  readonly up: number;
  /** Until the load balancer is active and the gateway is there: when a client gets an answer. */
  readonly traffic: number;
  readonly destroy: number;
  readonly timelines: readonly Timeline[];
}

const ways: readonly Way[] = [
  { name: "sidecar nlb", combination: { mode: "sidecar", strategy: "nlb" } },
  { name: "sidecar alb", combination: { mode: "sidecar", strategy: "alb" } },
  { name: "ambient nlb", combination: { mode: "ambient", strategy: "nlb" } },
  { name: "tutorial" },
];

const quick: Delays = { pods: 0, balancer: 0 };
const slow: readonly Delays[] = [
  { pods: 0, balancer: 30 },
  { pods: 0, balancer: 120 },
  { pods: 30, balancer: 0 },
  { pods: 30, balancer: 120 },
];

async function measure(way: Way, { pods, balancer }: Delays): Promise<Measured> {
  const testEnv = await startTestEnv({ podDelaySeconds: pods, model: { provisioningSeconds: balancer } });
  try {
    return way.combination === undefined ? await measureTutorial(testEnv) : await measureMesh(testEnv, way.combination);
  } finally {
    await testEnv.close();
  }
}

async function measureMesh(testEnv: TestEnv, combination: Combination): Promise<Measured> {
  const stack = await Stack.create(testEnv, "bench", meshOf(testEnv, combination));
  stack.keepDebugLog();
  const started = Date.now();
  const up = await stack.up();
  if (up.code !== 0) throw new Error(up.output);
  const traffic = await untilTraffic(testEnv, started);
  const dependencies = await dependenciesOf(stack);
  const begun = Date.now();
  const destroy = await stack.destroy();
  if (destroy.code !== 0) throw new Error(destroy.output);
  const timelines = [timeline(up, started, afterDependencies(dependencies)), timeline(destroy, begun, afterLevels)];
  return { up: up.seconds, traffic, destroy: destroy.seconds, timelines };
}

async function measureTutorial(testEnv: TestEnv): Promise<Measured> {
  const tutorial = new Tutorial(testEnv);
  const started = Date.now();
  const up = await tutorial.up();
  const traffic = await untilTraffic(testEnv, started);
  return { up, traffic, destroy: await tutorial.destroy(), timelines: [] };
}

/** The gateway is there when the command has ended; the load balancer may be later. */
async function untilTraffic({ aws }: TestEnv, started: number): Promise<number> {
  for (;;) {
    const { LoadBalancers: all = [] } = await aws.elb.send(new DescribeLoadBalancersCommand({}));
    if (all.length > 0 && all.every(({ State }) => State?.Code === "active")) return (Date.now() - started) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function median(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [least, most] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  const middle = (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1);
  return sorted.length === 1 ? middle : `${middle} (${least.toFixed(1)}-${most.toFixed(1)})`;
}

async function compare(ways: readonly Way[], delays: Delays, runs: number): Promise<void> {
  process.stdout.write(`\npods ready after ${delays.pods} s, load balancer active after ${delays.balancer} s\n`);
  const rows: Record<string, string>[] = [];
  for (const way of ways) {
    const all: Measured[] = [];
    const loads: number[] = [];
    for (let run = 0; run < runs; run++) {
      all.push(await measure(way, delays));
      loads.push(loadavg()[0] ?? 0);
    }
    const column = (key: "up" | "traffic" | "destroy") => median(all.map((one) => one[key]));
    const load = median(loads);
    rows.push({ way: way.name, up: column("up"), traffic: column("traffic"), destroy: column("destroy"), load });
    const best = [...all].sort((one, other) => one.up - other.up)[0];
    if (delays === quick) for (const one of best?.timelines ?? []) print(way.name, one);
  }
  console.table(rows);
}

/** The quickest run: what it waited for, and every resource. */
function print(name: string, { total, startUp, spans, critical }: Timeline): void {
  process.stdout.write(`\n${name}: ${total.toFixed(1)} s, of which ${startUp.toFixed(1)} s until the first resource\n`);
  const waitedFor = new Set(critical);
  console.table(
    spans.map((span) => ({
      resource: span.name,
      from: span.from.toFixed(2),
      seconds: (span.to - span.from).toFixed(2),
      critical: waitedFor.has(span) ? "*" : "",
    })),
  );
}

async function main(): Promise<void> {
  const options = { runs: { type: "string" }, only: { type: "string" }, quick: { type: "boolean" } } as const;
  const { only = "", runs = "3", quick: noSlow = false } = parseArgs({ options }).values;
  const chosen = ways.filter(({ name }) => name.includes(only));
  const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
    readonly version: string;
  };
  process.stdout.write(`istio-eks ${version}, Node ${process.version}, median of ${runs}, seconds\n`);
  await compare(chosen, quick, Number(runs));
  const fewer = chosen.filter(({ name }) => name === "sidecar nlb" || name === "tutorial");
  for (const delays of noSlow ? [] : slow) await compare(fewer, delays, 1);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
