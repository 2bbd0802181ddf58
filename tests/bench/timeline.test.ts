import assert from "node:assert/strict";
import { afterLevels, timeline } from "../../bench/live/timeline";
import type { EngineEvent } from "../live/engine/events";
import type { Run } from "../live/engine/stack";

/** What the engine reports resources: name, milliseconds of the begin and of the end. */
function runOf(steps: readonly (readonly [string, number, number])[]): Run {
  const events = steps.flatMap(([name, from, to]): EngineEvent[] => {
    const step = { op: "delete", urn: `urn:pulumi:s::p::a:b:C::${name}`, type: "a:b:C" };
    return [
      { at: from, kind: "started", step },
      { at: to, kind: "done", step },
    ];
  });
  return { events, seconds: 1 } as unknown as Run;
}

const criticalOf = (...steps: Parameters<typeof runOf>[0]) =>
  timeline(runOf(steps), 0, afterLevels).critical.map(({ name }) => name);

describe("timeline by levels", () => {
  it("leads from each step to the one that ended last before it", () => {
    assert.deepEqual(criticalOf(["a", 0, 10], ["b", 0, 20], ["c", 20, 30]), ["b", "c"]);
  });

  it("ends where steps take no time", () => {
    assert.deepEqual(criticalOf(["a", 0, 10], ["b", 10, 10], ["c", 10, 10]).slice(0, 1), ["a"]);
    assert.deepEqual(criticalOf(["a", 5, 5]), ["a"]);
  });
});
