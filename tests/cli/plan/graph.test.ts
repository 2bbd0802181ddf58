import assert from "node:assert/strict";
import { criticalPath, inWaves, needs, scheduleOf, wavesOf } from "../../../cli/plan/graph";
import { combinations, withIngress } from "../../support/args";
import { orderOf } from "../../support/order";
import { madeUp } from "../../support/plans";
import { recordMesh, recordWholeMesh } from "../../support/recorded";

const release = "kubernetes:helm.sh/v3:Release";

describe("needs", () => {
  it("names everything that must be there before: dependencies, parent and provider", () => {
    const resource = madeUp("x", { dependsOn: ["a"], parent: "mesh", options: { provider: "kubernetes" } });
    assert.deepEqual(needs(resource), ["a", "mesh", "kubernetes"]);
    assert.deepEqual(needs(madeUp("x")), []);
  });
});

describe("inWaves", () => {
  it("puts each resource one wave after the last that it needs", () => {
    const waves = inWaves([
      madeUp("late", { dependsOn: ["middle", "early"] }),
      madeUp("middle", { dependsOn: ["early"] }),
      madeUp("early"),
      madeUp("alone"),
    ]);
    assert.deepEqual(
      waves.map(({ name, wave }) => `${wave} ${name}`),
      ["0 early", "0 alone", "1 middle", "2 late"],
    );
  });

  it("keeps the order of the program within a wave", () => {
    const names = ["b", "c", "a"];
    assert.deepEqual(
      inWaves(names.map((name) => madeUp(name))).map(({ name }) => name),
      names,
    );
  });

  it("does not wait for what is not there", () => {
    assert.equal(inWaves([madeUp("x", { dependsOn: ["elsewhere"] })])[0]?.wave, 0);
  });

  it("agrees with Pulumi's engine on the order of removal, in every combination", async () => {
    for (const combination of combinations) {
      const { resources } = await recordWholeMesh(combination);
      const waves = wavesOf(inWaves(resources)).map((wave) => wave.map(({ name }) => name).sort());
      assert.deepEqual(
        waves.reverse(),
        orderOf(resources).removal.map((level) => [...level].sort()),
      );
    }
  });
});

describe("wavesOf", () => {
  it("has no wave where there is nothing", () => {
    assert.deepEqual(wavesOf([]), []);
  });
});

describe("scheduleOf", () => {
  it("begins each resource when the last that it needs exists, by its usual time", () => {
    const nodes = inWaves([
      madeUp("start"),
      madeUp("release", { type: release, dependsOn: ["start"] }),
      madeUp("beside", { dependsOn: ["start"] }),
      madeUp("end", { dependsOn: ["beside", "release"] }),
    ]);
    assert.deepEqual(
      [...scheduleOf(nodes)].map(([name, { start, end }]) => `${name} ${start}-${end}`),
      ["start 0-1", "release 1-31", "beside 1-2", "end 31-32"],
    );
  });
});

describe("criticalPath", () => {
  it("is the chain that takes longest, not the one with the most links", () => {
    const nodes = inWaves([
      madeUp("start"),
      madeUp("quick-1", { dependsOn: ["start"] }),
      madeUp("quick-2", { dependsOn: ["quick-1"] }),
      madeUp("slow", { type: release, dependsOn: ["start"] }),
      madeUp("end", { dependsOn: ["quick-2", "slow"] }),
    ]);
    assert.deepEqual(criticalPath(nodes), ["start", "slow", "end"]);
  });

  it("takes the first of two that take equally long", () => {
    const nodes = inWaves([madeUp("a"), madeUp("b"), madeUp("end", { dependsOn: ["a", "b"] })]);
    assert.deepEqual(criticalPath(nodes), ["a", "end"]);
  });

  it("counts parent and provider, and nothing that is not there", () => {
    const nodes = inWaves([
      madeUp("mesh"),
      madeUp("provider", { parent: "mesh" }),
      madeUp("x", { dependsOn: ["elsewhere"], options: { provider: "provider" } }),
    ]);
    assert.deepEqual(criticalPath(nodes), ["mesh", "provider", "x"]);
  });

  it("leads through base, istiod and the gateway of a mesh; the load balancer is made beside them", async () => {
    const { resources } = await recordMesh(
      withIngress({ hostnames: ["a.example.com"], dns: { zoneName: "example.com" } }),
    );
    assert.deepEqual(criticalPath(inWaves(resources)), [
      ...["mesh", "mesh-kubernetes", "mesh-namespace-istio-system", "mesh-base", "mesh-istiod"],
      ...["mesh-gateway-istio-ingress", "mesh-a-record-a.example.com", "mesh-cleanup"],
    ]);
  });

  it("leads through the certificate where one is requested, the slowest thing of all", async () => {
    const { resources } = await recordWholeMesh({ mode: "sidecar", strategy: "nlb", routing: "istio" });
    assert.ok(criticalPath(inWaves(resources)).includes("mesh-issued-certificate-istio-ingress"));
  });

  it("is empty where there is nothing", () => {
    assert.deepEqual(criticalPath([]), []);
  });
});
