import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { type Trial, describeTrial, eventually, failed, noChange, succeeded } from "./trial";

const routes = [{ host: "app.example.com", service: "web", namespace: "shop", port: 8080 }];

/** A mesh in which only what is allowed goes: in, between pods, and out. */
function closedMesh({ testEnv }: Trial, mode: "sidecar" | "ambient", more: object = {}): object {
  const whole = meshOf(testEnv, { mode, strategy: "nlb" });
  return {
    ...whole,
    ingress: { ...(whole["ingress"] as object), routes },
    namespaces: {
      shop: { ...(mode === "ambient" ? { waypoint: true } : {}) },
      bank: { allowedPeers: { ledger: { direction: "egress", cidr: "10.0.8.0/24", ports: [5432] } } },
    },
    security: { mtls: "strict", defaultDeny: true, networkPolicies: true },
    egress: { policy: "registry-only", gateway: true, hosts: ["api.stripe.com", "sts.eu-central-1.amazonaws.com"] },
    ...more,
  };
}

async function imagesIn({ testEnv }: Trial, namespace: string): Promise<readonly string[]> {
  const pods = await testEnv.cluster.client.list<{ spec: { containers: readonly { image: string }[] } }>(
    `/api/v1/namespaces/${namespace}/pods`,
  );
  return [...new Set(pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image)))];
}

describeTrial("a mesh of sidecars that denies by default, with an egress gateway", (trial) => {
  let stack: Stack;

  it("comes up as the plan says, and istiod takes every policy and route", async () => {
    stack = await trial.stack("closed", closedMesh(trial, "sidecar"));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(await imagesIn(trial, "istio-egress"), ["docker.io/istio/proxyv2:1.31.4"]);
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("learns another host outside, and forgets one", async () => {
    const egress = { policy: "registry-only", gateway: true, hosts: ["api.stripe.com", "api.github.com"] };
    stack.configure(closedMesh(trial, "sidecar", { egress }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    succeeded(await stack.up(noChange));
  });

  it("opens again, and the gateway for egress goes with its namespace", async () => {
    stack.configure(closedMesh(trial, "sidecar", { egress: {}, security: {}, namespaces: { shop: {}, bank: {} } }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(await imagesIn(trial, "istio-egress"), []);
  });

  it("closes again, and is destroyed without a trace", async () => {
    stack.configure(closedMesh(trial, "sidecar"));
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });
});

/** The VPC CNI's own DaemonSet, as far as the mesh has to do with it. */
const awsNode = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "aws-node", namespace: "kube-system" },
  spec: {
    selector: { matchLabels: { "k8s-app": "aws-node" } },
    template: {
      metadata: { labels: { "k8s-app": "aws-node" } },
      spec: {
        hostNetwork: true,
        initContainers: [
          { name: "aws-vpc-cni-init", image: "cni-init", env: [{ name: "DISABLE_TCP_EARLY_DEMUX", value: "false" }] },
        ],
        containers: [{ name: "aws-node", image: "cni", env: [{ name: "ENABLE_POD_ENI", value: "true" }] }],
      },
    },
  },
};

interface DaemonSet {
  readonly spec: {
    readonly template: { readonly spec: Readonly<Record<"containers" | "initContainers", readonly Container[]>> };
  };
}

interface Container {
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

async function cniEnvironment({ testEnv }: Trial): Promise<readonly string[]> {
  const path = "/apis/apps/v1/namespaces/kube-system/daemonsets/aws-node";
  const { containers, initContainers } = (await testEnv.cluster.client.get<DaemonSet>(path)).spec.template.spec;
  return [...initContainers, ...containers].flatMap(({ env = [] }) => env.map(({ name, value }) => `${name}=${value}`));
}

describeTrial("an ambient mesh that denies by default, with a waypoint for egress and the VPC CNI's mode", (trial) => {
  let stack: Stack;
  const vpcCni = (podSecurityGroupEnforcingMode: string) => ({
    vpcCni: { podSecurityGroupEnforcingMode, apply: "patch" },
  });

  it("stops where there is no aws-node to patch", async () => {
    stack = await trial.stack("closed", closedMesh(trial, "ambient", vpcCni("strict")));
    failed(await stack.up(), /DaemonSet\.apps "aws-node" is invalid.*image: Required value/);
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });

  it("comes up as the plan says once it is there, and sets two variables beside those of others", async () => {
    const file = join(trial.testEnv.folder, "aws-node.json");
    writeFileSync(file, JSON.stringify(awsNode));
    await trial.kubectl(["apply", `--filename=${file}`]);
    await trial.takeAsGiven();
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(await cniEnvironment(trial), [
      ...["DISABLE_TCP_EARLY_DEMUX=true", "ENABLE_POD_ENI=true", "POD_SECURITY_GROUP_ENFORCING_MODE=strict"],
    ]);
    await eventually(async () =>
      assert.deepEqual(await imagesIn(trial, "istio-egress"), ["docker.io/istio/proxyv2:1.31.4-distroless"]),
    );
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("changes the mode, and nothing else", async () => {
    stack.configure(closedMesh(trial, "ambient", vpcCni("standard")));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    const environment = await cniEnvironment(trial);
    assert.ok(environment.includes("POD_SECURITY_GROUP_ENFORCING_MODE=standard"), String(environment));
    assert.ok(environment.includes("ENABLE_POD_ENI=true"), String(environment));
    succeeded(await stack.up(noChange));
  });

  it("is destroyed: nothing is left but aws-node, without what the mesh had set", async () => {
    succeeded(await stack.destroy());
    // Each change of a DaemonSet leaves a revision, and pods of other names.
    const left = (await trial.left()).filter((line) => !line.includes(" kube-system/aws-node-"));
    assert.deepEqual(left, []);
    const environment = await cniEnvironment(trial);
    assert.ok(environment.includes("ENABLE_POD_ENI=true"), String(environment));
    assert.ok(!environment.some((one) => one.startsWith("POD_SECURITY_GROUP_ENFORCING_MODE")), String(environment));
  });
});
