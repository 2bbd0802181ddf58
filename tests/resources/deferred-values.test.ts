import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { withDeferredValues } from "../../components/resources/deferred-values";
import { settled } from "../../cli/plan/recording";

describe("withLateValues", () => {
  it("leaves values as they are where nothing is late", () => {
    assert.deepEqual(withDeferredValues({ a: { b: 1 } }), { a: { b: 1 } });
  });

  it("puts a text into a block or a list, and changes nothing else", async () => {
    const values = { server: { remoteWrite: [{ queue: 1 }, { queue: 2 }] }, other: 1 };
    const deferred = [
      { path: ["server", "remoteWrite", 1, "url"], value: { concat: [pulumi.output("https://x/"), "write"] } },
    ];
    assert.deepEqual(await settled(withDeferredValues(values, deferred)), {
      server: { remoteWrite: [{ queue: 1 }, { queue: 2, url: "https://x/write" }] },
      other: 1,
    });
    assert.deepEqual(values.server.remoteWrite[1], { queue: 2 }, "the plan is not changed");
  });
});
