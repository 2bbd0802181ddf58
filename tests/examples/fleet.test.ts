import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fleetJson } from "../../cli/fleet/fleet-json";
import { readPlannedFleet } from "../../examples/fleet/planned-fleet";
import { progress } from "../../examples/fleet/progress";
import { type Change, type Ring, runRings } from "../../examples/fleet/schedule";
import { plannedFleet } from "../support/fleets";
import { root } from "../support/readme";

interface Stack {
  readonly name: string;
}

const ring = (name: string, ...names: readonly string[]): Ring<Stack> => ({
  name,
  clusters: names.map((one) => ({ name: one })),
});

interface How {
  readonly parallel: number;
  readonly stopAtFailure: boolean;
}

/** Works on rings with stacks that take a turn of the event loop each, and of which some fail. */
async function run(rings: readonly Ring<Stack>[], failing: readonly string[], how: Partial<How> = {}) {
  const { parallel = 2, stopAtFailure = true } = how;
  const changes: Change<Stack>[] = [];
  let [running, most] = [0, 0];
  const failed = await runRings(rings, {
    run: async ({ name }) => {
      most = Math.max(most, (running += 1));
      await new Promise(setImmediate);
      running -= 1;
      if (failing.includes(name)) throw new Error(`no ${name}`);
      return "1 create";
    },
    ...{ parallel, stopAtFailure, listen: (change: Change<Stack>) => changes.push(change) },
  });
  const lines = changes.map(({ cluster, state }) => `${cluster.name} ${state}`);
  return { failed, most, changes, lines, of: (state: string) => lines.filter((line) => line.endsWith(state)) };
}

describe("examples/fleet", () => {
  it("works on one ring after the other, and never on more clusters at a time than it may", async () => {
    const { failed, most, lines } = await run([ring("one", "a", "b", "c", "d", "e"), ring("two", "f")], [], {
      parallel: 3,
    });
    assert.deepEqual([failed, most], [0, 3]);
    assert.deepEqual(lines.slice(0, 3), ["a started", "b started", "c started"]);
    assert.deepEqual(lines.slice(-2), ["f started", "f succeeded"]);
    assert.ok(lines.indexOf("f started") > lines.indexOf("e succeeded"));
    assert.equal(lines.length, 12);
  });

  it("starts no other cluster after a failure, lets those end that run, and skips later rings", async () => {
    const { failed, of } = await run([ring("one", "a", "b", "c", "d"), ring("two", "e")], ["a"]);
    assert.equal(failed, 1);
    assert.deepEqual(of("failed"), ["a failed"]);
    assert.deepEqual(of("succeeded"), ["b succeeded"]);
    assert.deepEqual(of("skipped"), ["c skipped", "d skipped", "e skipped"]);
  });

  it("looks at every cluster for drift, whatever it found before", async () => {
    const { failed, of } = await run([ring("one", "a", "b"), ring("two", "c")], ["a", "c"], { stopAtFailure: false });
    assert.equal(failed, 2);
    assert.deepEqual(of("skipped"), []);
    assert.deepEqual(of("succeeded"), ["b succeeded"]);
  });

  it("says why a cluster failed, also where what was thrown is no error", async () => {
    const { changes } = await run([ring("one", "a")], ["a"]);
    assert.equal(changes.at(-1)?.detail, "no a");
    const heard: string[] = [];
    await runRings([ring("one", "a")], {
      run: () => Promise.reject("a text"),
      ...{ parallel: 1, stopAtFailure: true, listen: ({ detail }) => heard.push(detail) },
    });
    assert.deepEqual(heard, ["", "a text"]);
  });

  it("writes one line for each state of a cluster", async () => {
    let clock = 0;
    const line = progress(["a", "long"], () => (clock += 1500));
    const { changes } = await run([ring("one", "a"), ring("two", "long")], ["a"], { parallel: 1 });
    assert.deepEqual(changes.map(line), [
      "[0/2]  one  a     started",
      "[1/2, 1 failed]  one  a     failed 2 s  no a",
      "[2/2, 1 failed]  two  long  skipped  a cluster before it failed",
    ]);
    const several = progress(["a"], Date.now);
    const text = several({ ring: "one", cluster: { name: "a" }, state: "failed", detail: "\nfirst\nsecond" });
    assert.equal(text, "[1/1, 1 failed]  one  a  failed  first");
  });

  it("deploys what the plan of its fleet file says, which has no problems", async () => {
    const json = fleetJson(await plannedFleet(readFileSync(join(root, "examples/fleet/fleet.yaml"), "utf8")));
    const rings = readPlannedFleet(json);
    assert.deepEqual(
      rings.map(({ name, clusters }) => [name, clusters.map((one) => one.name)]),
      [
        ["canary", ["canary-1"]],
        ["europe", ["eu-1", "eu-2"]],
        ["world", ["us-1"]],
      ],
    );
    assert.equal(rings[2]?.clusters[0]?.config["aws:region"], "us-east-1");
  });

  it("deploys nothing if one cluster has problems", async () => {
    const json = fleetJson(
      await plannedFleet('clusters: { a: { config: { "istio-mesh:mesh": { mode: ambient } } }, b: {} }'),
    );
    assert.throws(() => readPlannedFleet(json), /^Error: b: the configuration has problems/);
  });
});
