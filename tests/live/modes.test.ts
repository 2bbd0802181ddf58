import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { type Trial, describeTrial, noChange, succeeded, report } from "./trial";

/** Labels of a namespace but for Kubernetes' own; undefined if it is not there. */
async function labelsOf({ testEnv }: Trial, name: string): Promise<Readonly<Record<string, string>> | undefined> {
  const path = `/api/v1/namespaces/${name}`;
  const found = await testEnv.cluster.client.find<{ metadata: { labels: Record<string, string> } }>(path);
  const labels = Object.entries(found?.metadata.labels ?? {}).filter(([key]) => key !== "kubernetes.io/metadata.name");
  return found === undefined ? undefined : Object.fromEntries(labels);
}

describeTrial("a mesh whose mode and namespaces change", (trial) => {
  let stack: Stack;
  const mesh = (mode: "sidecar" | "ambient", namespaces: object) => ({
    ...meshOf(trial.testEnv, { mode, strategy: "nlb" }),
    namespaces,
  });
  const both = { mine: {}, theirs: { create: false, labels: { team: "shop" } } };

  it("enrols a namespace that it makes, and one that is there", async () => {
    await trial.testEnv.cluster.client.post("/api/v1/namespaces", {
      metadata: { name: "theirs", labels: { own: "yes" } },
    });
    await trial.takeAsGiven();
    stack = await trial.stack("modes", mesh("sidecar", both));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(await labelsOf(trial, "mine"), { "istio-injection": "enabled" });
    assert.deepEqual(await labelsOf(trial, "theirs"), { own: "yes", team: "shop", "istio-injection": "enabled" });
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("becomes ambient in one up: other gateways behind the same load balancer, other labels", async () => {
    stack.configure(mesh("ambient", both));
    report(`sidecar to ambient: ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 1, deleted: 0 });
    assert.deepEqual(await labelsOf(trial, "mine"), { "istio.io/dataplane-mode": "ambient" });
    assert.deepEqual(await labelsOf(trial, "theirs"), {
      own: "yes",
      team: "shop",
      "istio.io/dataplane-mode": "ambient",
    });
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("keeps a namespace out that is to have no data plane", async () => {
    stack.configure(mesh("ambient", { ...both, mine: { dataplane: "none" } }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.equal((await labelsOf(trial, "mine"))?.["istio.io/dataplane-mode"], undefined);
  });

  it("takes its labels back from the namespace that is no longer named, and leaves it there", async () => {
    stack.configure(mesh("ambient", { mine: {} }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(await labelsOf(trial, "mine"), { "istio.io/dataplane-mode": "ambient" });
    assert.deepEqual(await labelsOf(trial, "theirs"), { own: "yes" });
    succeeded(await stack.up(noChange));
  });

  it("becomes sidecar again", async () => {
    stack.configure(mesh("sidecar", { mine: {} }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 1, deleted: 0 });
  });

  it("is destroyed: its own namespace goes, the other stays as it was", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
    assert.equal(await labelsOf(trial, "mine"), undefined);
    assert.deepEqual(await labelsOf(trial, "theirs"), { own: "yes" });
  });
});
