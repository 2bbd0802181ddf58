import assert from "node:assert/strict";
import { type CleanupArgs, cleanupShape, resolveCleanup } from "../../components/cleanup/cleanup-args";
import { checkShape } from "../../components/inputs/shape";
import { placesOf } from "../support/settings";

describe("resolveCleanup", () => {
  it("is on, waits ten minutes, and takes no unreachable cluster for gone", () => {
    assert.deepEqual(resolveCleanup({}), {
      settings: {
        timeoutSeconds: 600,
        waitForNetworkInterfaces: false,
        ignoreUnreachableCluster: false,
        kubectl: "kubectl",
      },
      problems: [],
      warnings: [],
    });
  });

  it("keeps what is given", () => {
    const args = { timeoutSeconds: 60, waitForNetworkInterfaces: true, ignoreUnreachableCluster: true, kubectl: "/k" };
    assert.deepEqual(resolveCleanup({ enabled: true, ...args }).settings, args);
  });

  it("can be switched off; then nobody would read the rest", () => {
    assert.equal(resolveCleanup({ enabled: false }).settings, undefined);
    assert.deepEqual(placesOf(resolveCleanup({ enabled: false })), []);
    assert.deepEqual(placesOf(resolveCleanup({ enabled: false, timeoutSeconds: 60, kubectl: "k" })), [
      "cleanup.timeoutSeconds",
      "cleanup.kubectl",
    ]);
  });

  it("does not mind members that a TypeScript program leaves undefined", () => {
    const args: object = { enabled: false, timeoutSeconds: undefined };
    assert.deepEqual(placesOf(resolveCleanup(args as CleanupArgs)), []);
  });
});

describe("cleanupShape", () => {
  const reported = (args: object) => checkShape(cleanupShape, args).problems.map(({ path }) => path);

  it("waits at least half a minute and at most an hour", () => {
    assert.deepEqual(reported({ timeoutSeconds: 30 }), []);
    assert.deepEqual(reported({ timeoutSeconds: 3600 }), []);
    assert.deepEqual(reported({ timeoutSeconds: 29 }), ["timeoutSeconds"]);
    assert.deepEqual(reported({ timeoutSeconds: 3601 }), ["timeoutSeconds"]);
  });

  it("wants switches as booleans, and a command to call", () => {
    assert.deepEqual(
      reported({ enabled: "no", waitForNetworkInterfaces: 1, ignoreUnreachableCluster: "true", kubectl: " " }),
      ["enabled", "waitForNetworkInterfaces", "ignoreUnreachableCluster", "kubectl"],
    );
    assert.deepEqual(
      reported({ enabled: true, waitForNetworkInterfaces: false, ignoreUnreachableCluster: true, kubectl: "kubectl" }),
      [],
    );
  });
});
