import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { tags } from "./meshes";
import { describeTrial, noChange, succeeded, report } from "./trial";
import type { TestEnv } from "./test-env/test-env";

/** An internal NLB, and two public ALBs before one gateway. */
function threeLoadBalancers({ account, repository }: TestEnv): Mesh {
  const tls = { certificateDomain: "*.example.com" };
  return {
    mode: "sidecar",
    cluster: { name: account.clusterName },
    istio: { chartRepository: repository.chartRepository },
    ingress: {
      strategy: "nlb",
      scheme: "internal",
      hostnames: ["internal.example.com"],
      dns: { zoneName: "example.com" },
    },
    additionalIngresses: {
      services: {
        strategy: "alb",
        scheme: "internet-facing",
        hostnames: ["app.example.com"],
        dns: { zoneName: "example.com" },
        tls,
        alb: { webAclArn: account.webAclArn },
      },
      tools: {
        strategy: "alb",
        scheme: "internet-facing",
        hostnames: ["tools.example.com"],
        allowedCidrs: ["203.0.113.0/24"],
        dns: { zoneName: "example.com" },
        tls,
        gateway: { shareWith: "services" },
      },
    },
    cleanup: { timeoutSeconds: 60 },
    tags,
  };
}

interface Mesh {
  readonly ingress: Record<string, unknown>;
  readonly additionalIngresses: Record<string, Record<string, unknown>>;
  readonly [member: string]: unknown;
}

describeTrial("three load balancers before two gateways", (trial) => {
  let stack: Stack;
  let mesh: Mesh;

  it("come up side by side, as the plan says", async () => {
    mesh = threeLoadBalancers(trial.testEnv);
    stack = await trial.stack("edge", mesh);
    report(`up: ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 3, deleted: 0 });
  });

  it("keep their names for themselves: ExternalDNS, which reads the whole cluster, leaves them alone", async () => {
    await trial.kubectl(["create", "service", "clusterip", "docs", "--namespace=default", "--tcp=80"]);
    const asked = [
      "external-dns.alpha.kubernetes.io/hostname=docs.example.com",
      "external-dns.alpha.kubernetes.io/target=192.0.2.1",
    ];
    await trial.kubectl(["annotate", "service/docs", "--namespace=default", ...asked]);
    const sources = ["service", "ingress", "istio-gateway", "istio-virtualservice"];
    assert.deepEqual(await trial.externalDnsRecords(sources), ["docs.example.com A 192.0.2.1"]);
    await trial.kubectl(["delete", "service/docs", "--namespace=default"]);
  });

  it("take another hostname without a new load balancer", async () => {
    const { services, ...others } = mesh.additionalIngresses;
    const more = { ...services, hostnames: ["app.example.com", "api.example.com"] };
    mesh = { ...mesh, additionalIngresses: { ...others, services: more } };
    stack.configure(mesh);
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 3, deleted: 0 });
  });

  it("let another range of addresses in without a new load balancer", async () => {
    const { tools, ...others } = mesh.additionalIngresses;
    const wider = { ...tools, allowedCidrs: ["203.0.113.0/24", "198.51.100.0/24"] };
    mesh = { ...mesh, additionalIngresses: { ...others, tools: wider } };
    stack.configure(mesh);
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 3, deleted: 0 });
  });

  it("change nothing the second time, nor at a refresh", async () => {
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("become public: AWS wants another load balancer for that, and the name leads to the new one", async () => {
    mesh = { ...mesh, ingress: { ...mesh.ingress, scheme: "internet-facing" } };
    stack.configure(mesh);
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 4, deleted: 1 });
    succeeded(await stack.up(noChange));
  });

  it("become internal, an ALB too", async () => {
    const { tools, ...others } = mesh.additionalIngresses;
    const internal = { ...tools, scheme: "internal" };
    mesh = { ...mesh, additionalIngresses: { ...others, tools: internal } };
    stack.configure(mesh);
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 5, deleted: 2 });
    succeeded(await stack.up(noChange));
  });

  it("lose one of two before the same gateway, and the other stays", async () => {
    const { tools, ...others } = mesh.additionalIngresses;
    assert.ok(tools !== undefined);
    stack.configure({ ...mesh, additionalIngresses: others });
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    assert.deepEqual(trial.balancerCalls, { created: 5, deleted: 3 });
  });

  it("are destroyed, and nothing is left", async () => {
    report(`destroy: ${succeeded(await stack.destroy()).seconds.toFixed(1)} s`);
    assert.deepEqual(await trial.left(), []);
  });
});
