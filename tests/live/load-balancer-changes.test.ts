import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { describeTrial, noChange, succeeded, report } from "./trial";
import type { TestEnv } from "./test-env/test-env";

interface Mesh {
  readonly ingress: Record<string, unknown>;
  readonly [member: string]: unknown;
}

function start(testEnv: TestEnv): Mesh {
  return meshOf(testEnv, { mode: "sidecar", strategy: "nlb" }) as Mesh;
}

describeTrial("a load balancer that is moved, renamed and exchanged", (trial) => {
  let stack: Stack;
  let created = 0;
  let deleted = 0;
  /** One step: what there is afterwards is what the plan says, and nobody wants to do more. */
  const becomes = async (mesh: object, balancers: { readonly created: number; readonly deleted: number }) => {
    stack.configure(mesh);
    report(`up: ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    await trial.isAsPlanned(stack);
    created += balancers.created;
    deleted += balancers.deleted;
    assert.deepEqual(trial.balancerCalls, { created, deleted });
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  };

  it("comes up", async () => {
    stack = await trial.stack("moves", start(trial.testEnv));
    await becomes(start(trial.testEnv), { created: 1, deleted: 0 });
  });

  it("takes another hostname into a certificate that the mesh requests", async () => {
    const mesh = start(trial.testEnv);
    const hostnames = ["app.example.com", "shop.example.com"];
    await becomes({ ...mesh, ingress: { ...mesh.ingress, hostnames } }, { created: 0, deleted: 0 });
  });

  it("listens on another port", async () => {
    const mesh = start(trial.testEnv);
    const nlb = { ports: { kafka: { port: 9094, protocol: "TCP" } } };
    await becomes({ ...mesh, ingress: { ...mesh.ingress, nlb } }, { created: 0, deleted: 0 });
  });

  it("keeps rules that have other names now, and gets pods with other labels", async () => {
    const mesh = start(trial.testEnv);
    const nlb = { ports: { broker: { port: 9094, protocol: "TCP" } } };
    const { clusterName: name, clusterSecurityGroupId } = trial.testEnv.account;
    const cluster = { name, nodeSecurityGroupIds: [clusterSecurityGroupId] };
    const ingress = { ...mesh.ingress, nlb, gateway: { labels: { istio: "edge" } } };
    await becomes({ ...mesh, cluster, ingress }, { created: 0, deleted: 0 });
  });

  it("is renamed: the hostname is led to the new load balancer before the old one goes", async () => {
    const { ingress, ...others } = start(trial.testEnv);
    await becomes({ ...others, additionalIngresses: { public: ingress } }, { created: 1, deleted: 1 });
  });

  it("becomes an ALB", async () => {
    const { ingress, ...others } = start(trial.testEnv);
    const alb = { ...ingress, strategy: "alb" };
    await becomes({ ...others, additionalIngresses: { public: alb } }, { created: 1, deleted: 1 });
  });

  it("becomes an NLB whose targets are nodes, behind PROXY protocol", async () => {
    const { ingress, ...others } = start(trial.testEnv);
    const nlb = { ...ingress, nlb: { targetType: "instance", proxyProtocol: true } };
    await becomes({ ...others, additionalIngresses: { public: nlb } }, { created: 1, deleted: 1 });
  });

  it("becomes one whose targets are pods", async () => {
    const { ingress, ...others } = start(trial.testEnv);
    await becomes({ ...others, additionalIngresses: { public: ingress } }, { created: 0, deleted: 0 });
  });

  it("moves to another namespace", async () => {
    const { ingress, ...others } = start(trial.testEnv);
    const moved = { ...ingress, gateway: { namespace: "edge" } };
    await becomes({ ...others, additionalIngresses: { public: moved } }, { created: 1, deleted: 1 });
  });

  it("gives its hostname to another one beside it", async () => {
    const { ingress, ...others } = start(trial.testEnv);
    const plain = { strategy: "nlb", scheme: "internet-facing", gateway: { namespace: "edge" } };
    const loadBalancers = { public: plain, second: { ...ingress, strategy: "alb" } };
    await becomes({ ...others, additionalIngresses: loadBalancers }, { created: 1, deleted: 0 });
  });

  it("goes, and the mesh stays", async () => {
    await becomes({ ...start(trial.testEnv), ingress: undefined }, { created: 0, deleted: 2 });
  });

  it("is destroyed, and nothing is left", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });
});
