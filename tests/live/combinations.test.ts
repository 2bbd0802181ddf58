import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { leftovers } from "./inventory/cluster-inventory";
import { type Combination, combinations, meshOf, tags } from "./meshes";
import { type ActualBalancer, actualBalancers } from "./expected/balancers";
import type { ExpectedResource } from "./expected/expected-plan";
import { describeTrial, eventually, noChange, succeeded, report } from "./trial";
import type { TestEnv } from "./test-env/test-env";

for (const combination of combinations) {
  const { mode, strategy } = combination;
  describeTrial(`${mode} with ${strategy.toUpperCase()}, by the real engine`, (trial) => {
    let stack: Stack;
    let expected: readonly ExpectedResource[];

    it("is previewed before anything is there", async () => {
      const there = await trial.everything();
      stack = await trial.stack(`${mode}-${strategy}`, meshOf(trial.testEnv, combination));
      succeeded(await stack.preview());
      assert.deepEqual(leftovers(there, await trial.everything()), [], "a preview makes nothing");
    });

    it("comes up", async () => {
      report(`up: ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    });

    it("has in AWS and in the cluster what the plan says, and no more", async () => {
      expected = await trial.isAsPlanned(stack);
    });

    it("has the load balancer that a user of it would expect", async () => {
      // The autoscaler starts the second pod when it likes, and the controller registers it when it has an address.
      await eventually(async () => {
        const balancers = await actualBalancers(trial.testEnv.aws.elb);
        assert.equal(balancers.length, 1);
        const [balancer] = balancers;
        assert.ok(balancer !== undefined);
        await checkBalancer(combination, { testEnv: trial.testEnv, stack, balancer, expected });
      }, 90);
    });

    it("runs gateways with injected proxies", async () => {
      const pods = await trial.testEnv.cluster.client.list<GatewayPod>("/api/v1/namespaces/istio-ingress/pods");
      const images = new Set(pods.map(({ spec }) => spec.containers.map(({ image }) => image).join()));
      const variant = mode === "ambient" ? "-distroless" : "";
      assert.deepEqual([...images], [`docker.io/istio/proxyv2:1.31.4${variant}`]);
    });

    it("changes nothing the second time", async () => void succeeded(await stack.up(noChange)));

    it("is found by a refresh as it was left", async () => void succeeded(await stack.refresh(noChange)));

    it("is destroyed, and nothing is left", async () => {
      report(`destroy: ${succeeded(await stack.destroy()).seconds.toFixed(1)} s`);
      assert.deepEqual(await trial.left(), []);
    });

    it("comes up again over what is kept on purpose, and goes again", async () => {
      succeeded(await stack.up());
      succeeded(await stack.destroy());
      assert.deepEqual(await trial.left(), []);
    });
  });
}

interface GatewayPod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
}

interface BalancerContext {
  readonly testEnv: TestEnv;
  readonly stack: Stack;
  readonly balancer: ActualBalancer;
  readonly expected: readonly ExpectedResource[];
}

/** What a user would look at in the console. */
async function checkBalancer({ strategy }: Combination, context: BalancerContext): Promise<void> {
  const { stack, balancer, expected } = context;
  const outputs = (await stack.outputs()) as { readonly ingresses: Readonly<Record<string, IngressOutputs>> };
  const ingress = outputs.ingresses["istio-ingress"];
  assert.ok(ingress !== undefined);
  assert.equal(balancer.hostname, ingress.hostname.toLowerCase());
  assert.equal(balancer.scheme, "internet-facing");
  assert.deepEqual(balancer.securityGroups, [ingress.securityGroupId]);
  for (const [key, value] of Object.entries(tags)) assert.equal(balancer.tags[key], value, `tag ${key}`);
  const certificate = `ELBSecurityPolicy-TLS13-1-2-2021-06 ${ingress.certificateArn}`;
  if (strategy === "nlb") await checkNetwork(context, certificate);
  else checkApplication(context, certificate, nodePorts(expected, ingress));
}

interface IngressOutputs {
  readonly hostname: string;
  readonly securityGroupId: string;
  readonly certificateArn: string;
}

/** The node ports that the rules of the balancer's group let it reach, by the name of the port. */
function nodePorts(
  expected: readonly ExpectedResource[],
  { securityGroupId }: IngressOutputs,
): Readonly<Record<string, number>> {
  const out = expected.filter(
    ({ type, inputs }) => type.includes("EgressRule") && inputs["securityGroupId"] === securityGroupId,
  );
  return Object.fromEntries(
    out.map(({ inputs }) => [String(inputs["description"]).split(", ")[1] ?? "", Number(inputs["fromPort"])]),
  );
}

async function checkNetwork({ testEnv, balancer }: BalancerContext, certificate: string): Promise<void> {
  const pods = await testEnv.cluster.client.list<{ readonly status: { readonly podIP: string } }>(
    "/api/v1/namespaces/istio-ingress/pods",
  );
  const addresses = pods.map(({ status }) => status.podIP);
  assert.equal(balancer.kind, "network");
  assert.equal(balancer.crossZone, "true");
  assert.deepEqual(balancer.listeners, ["TCP 80", `TLS 443 ${certificate}`]);
  assert.deepEqual(
    balancer.targetGroups.map(({ targets }) => targets.map((target) => target.split(":")[0]).sort()),
    [addresses.sort(), addresses.sort()],
  );
  for (const { type, healthCheck } of balancer.targetGroups) {
    assert.equal(type, "ip");
    assert.equal(healthCheck, "HTTP 15021 /healthz/ready every 10 s, 5 s, 3 up, 3 down");
  }
}

function checkApplication(
  { testEnv, balancer }: BalancerContext,
  certificate: string,
  ports: Readonly<Record<string, number>>,
): void {
  const { http2, "status-port": status } = ports;
  assert.match(balancer.hostname, /^live-istio-ingress-/);
  assert.equal(balancer.kind, "application");
  assert.deepEqual(balancer.listeners, ["HTTP 80 redirect to HTTPS 443", `HTTPS 443 ${certificate}`]);
  const machines = testEnv.account.machines.map(({ instanceId }) => `${instanceId}:${http2}`).sort();
  assert.deepEqual(
    balancer.targetGroups.map(({ targets }) => targets),
    [machines],
  );
  for (const { type, healthCheck } of balancer.targetGroups) {
    assert.equal(type, "instance");
    assert.equal(healthCheck, `HTTP ${status} /healthz/ready every 10 s, 5 s, 3 up, 3 down`);
  }
}
