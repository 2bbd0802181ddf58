import assert from "node:assert/strict";
import { istioVersion, olderIstioVersion } from "./build/parts";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { type Trial, describeTrial, eventually, noChange, succeeded, report } from "./trial";

interface Webhooks {
  readonly metadata: { readonly name: string };
  readonly webhooks: readonly { readonly namespaceSelector?: object }[];
}

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
}

/** Images of the gateway's pods that stay. */
async function gatewayImages({ testEnv }: Trial): Promise<readonly string[]> {
  const pods = await testEnv.cluster.client.list<Pod>("/api/v1/namespaces/istio-ingress/pods");
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return [...new Set(staying.flatMap(({ spec }) => spec.containers.map(({ image }) => image)))];
}

/** The charts roll the pods; the new ones stand beside the old for a moment. */
async function runs(trial: Trial, version: string): Promise<void> {
  await eventually(async () => assert.deepEqual(await gatewayImages(trial), [`docker.io/istio/proxyv2:${version}`]));
}

/** Istio's webhooks that inject, by name. */
async function injectors({ testEnv }: Trial): Promise<readonly string[]> {
  const path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  const all = await testEnv.cluster.client.list<Webhooks>(path);
  return all
    .map(({ metadata }) => metadata.name)
    .filter((name) => name.startsWith("istio-"))
    .sort();
}

const oneBalancer = { created: 1, deleted: 0 };

// Only the charts of one version are at hand: the older label is the same charts, packed once more under it. So this
// shows how the component moves releases, tags, webhooks and pods, not what changed in Istio between the two.
describeTrial(
  `an upgrade in place, ${olderIstioVersion} to ${istioVersion} (the same charts under two labels)`,
  (trial) => {
    let stack: Stack;
    const mesh = (version: string) => {
      const { istio, ...others } = meshOf(trial.testEnv, { mode: "ambient", strategy: "nlb" });
      return { ...others, istio: { ...(istio as object), version } };
    };

    it("starts with the older one", async () => {
      stack = await trial.stack("in-place", mesh(olderIstioVersion));
      succeeded(await stack.up());
      await trial.isAsPlanned(stack);
      await runs(trial, `${olderIstioVersion}-distroless`);
    });

    it("replaces nothing but pods", async () => {
      stack.configure(mesh(istioVersion));
      const run = succeeded(await stack.up());
      report(`upgrade: ${run.seconds.toFixed(1)} s`);
      assert.doesNotMatch(run.output, /replace|deleted/);
      await trial.isAsPlanned(stack);
      await runs(trial, `${istioVersion}-distroless`);
      assert.deepEqual(trial.balancerCalls, oneBalancer);
      succeeded(await stack.up(noChange));
    });

    it("goes back the same way", async () => {
      stack.configure(mesh(olderIstioVersion));
      succeeded(await stack.up());
      await trial.isAsPlanned(stack);
      await runs(trial, `${olderIstioVersion}-distroless`);
      assert.deepEqual(trial.balancerCalls, oneBalancer);
    });

    it("is destroyed, and nothing is left", async () => {
      succeeded(await stack.destroy());
      assert.deepEqual(await trial.left(), []);
    });
  },
);

describeTrial(
  `an upgrade by canary, ${olderIstioVersion} to ${istioVersion} (the same charts under two labels)`,
  (trial) => {
    let stack: Stack;
    const mesh = (istio: object, namespace: object) => {
      const { repository } = trial.testEnv;
      const combination = { mode: "sidecar", strategy: "nlb" } as const;
      return {
        ...meshOf(trial.testEnv, combination),
        istio: { chartRepository: repository.chartRepository, ...istio },
        namespaces: { "my-app": namespace },
      };
    };
    const canary = { version: istioVersion, revision: "next-one", revisionTags: ["next"] };

    it("starts with one control plane that has no revision", async () => {
      stack = await trial.stack("canary", mesh({ version: olderIstioVersion }, {}));
      succeeded(await stack.up());
      await trial.isAsPlanned(stack);
      assert.deepEqual(await injectors(trial), ["istio-sidecar-injector"]);
    });

    it("puts a second one beside it, and the gateways stay with the first", async () => {
      stack.configure(mesh({ version: olderIstioVersion, canary }, {}));
      succeeded(await stack.up());
      await trial.isAsPlanned(stack);
      const both = ["istio-revision-tag-next", "istio-sidecar-injector", "istio-sidecar-injector-next-one"];
      assert.deepEqual(await injectors(trial), both);
      await runs(trial, olderIstioVersion);
      succeeded(await stack.up(noChange));
      succeeded(await stack.refresh(noChange));
    });

    it("moves a namespace to the canary's tag", async () => {
      stack.configure(mesh({ version: olderIstioVersion, canary }, { revision: "next" }));
      succeeded(await stack.up());
      await trial.isAsPlanned(stack);
      const { metadata } = await trial.testEnv.cluster.client.get<{ metadata: { labels: Record<string, string> } }>(
        "/api/v1/namespaces/my-app",
      );
      assert.equal(metadata.labels["istio.io/rev"], "next");
      assert.equal(metadata.labels["istio-injection"], undefined);
    });

    it("promotes the canary: the gateways roll, the old control plane goes, the load balancer stays", async () => {
      stack.configure(mesh(canary, { revision: "next" }));
      const run = succeeded(await stack.up());
      report(`promotion: ${run.seconds.toFixed(1)} s`);
      assert.doesNotMatch(run.output, /replace/);
      await trial.isAsPlanned(stack);
      await runs(trial, istioVersion);
      assert.deepEqual(await injectors(trial), ["istio-revision-tag-next", "istio-sidecar-injector-next-one"]);
      assert.deepEqual(trial.balancerCalls, oneBalancer);
      succeeded(await stack.up(noChange));
    });

    it("takes Istio's own objects after that, and refuses wrong ones", async () => {
      const { client } = trial.testEnv.cluster;
      const path = "/apis/networking.istio.io/v1/namespaces/my-app/sidecars";
      const sidecar = (spec: object) => ({
        apiVersion: "networking.istio.io/v1",
        kind: "Sidecar",
        metadata: { name: "default" },
        spec,
      });
      await client.post(path, sidecar({ egress: [{ hosts: ["./*"] }] }));
      await assert.rejects(client.post(path, sidecar({ egress: [{ hosts: [] }] })), /denied|invalid|hosts/i);
    });

    it("is destroyed, and nothing is left", async () => {
      succeeded(await stack.destroy());
      assert.deepEqual(await trial.left(), []);
    });
  },
);
