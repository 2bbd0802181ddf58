import assert from "node:assert/strict";
import { type Run, Stack } from "./engine/stack";
import { awsInventory } from "./inventory/aws-inventory";
import { clusterInventory, leftovers } from "./inventory/cluster-inventory";
import { type Combination, combinations, meshOf, tags } from "./meshes";
import { type ActualBalancer, actualBalancers } from "./promise/balancers";
import { missingInCluster } from "./promise/objects";
import { type Promised, promisedPlan } from "./promise/promised-plan";
import { actualNames, promisedNames } from "./promise/records";
import { actualSecurity, promisedSecurity } from "./promise/security";
import { describeLive } from "./tier";
import { type World, startWorld } from "./world/world";

function succeeded(run: Run): void {
  assert.equal(run.code, 0, run.output);
}

const noChange = { flags: ["--expect-no-changes", "--diff"] };

for (const combination of combinations) {
  const { mode, strategy } = combination;
  describeLive(`${mode} with ${strategy.toUpperCase()}, by the real engine`, () => {
    let world: World;
    let stack: Stack;
    let awsBefore: readonly string[];
    let clusterBefore: readonly string[];
    let promised: readonly Promised[];
    let failed = false;

    before(async () => {
      world = await startWorld();
      stack = await Stack.create(world, `${mode}-${strategy}`, meshOf(world, combination));
      awsBefore = await awsInventory(world.aws);
      clusterBefore = await clusterInventory(world.cluster.client);
    });

    afterEach(function () {
      failed ||= this.currentTest?.state === "failed";
    });

    after(async () => {
      await world.close({ keepLogs: failed });
      if (failed) process.stdout.write(`      logs are kept in ${world.folder}\n`);
    });

    it("is previewed before anything is there", async () => {
      succeeded(await stack.preview());
      assert.deepEqual(await awsInventory(world.aws), awsBefore, "a preview makes nothing");
    });

    it("comes up", async () => {
      const run = await stack.up();
      succeeded(run);
      process.stdout.write(`      up: ${run.seconds.toFixed(1)} s\n`);
      promised = await promisedPlan(world, stack);
    });

    it("has the security groups and rules of the plan, and no others", async () => {
      assert.deepEqual(await actualSecurity(world.aws.ec2, awsBefore), promisedSecurity(promised));
    });

    it("has the records and certificates of the plan, and no others", async () => {
      assert.deepEqual(await actualNames(world.aws, awsBefore), promisedNames(promised));
    });

    it("has the objects and releases of the plan", async () => {
      assert.deepEqual(await missingInCluster(world.cluster.client, promised), []);
    });

    it("has the load balancer that its annotations ask for", async () => {
      const balancers = await actualBalancers(world.aws.elb);
      assert.equal(balancers.length, 1);
      const [balancer] = balancers;
      assert.ok(balancer !== undefined);
      await checkBalancer(combination, { world, stack, balancer, promised });
    });

    it("runs gateways with injected proxies", async () => {
      const pods = await world.cluster.client.list<GatewayPod>("/api/v1/namespaces/istio-ingress/pods");
      const images = new Set(pods.map(({ spec }) => spec.containers.map(({ image }) => image).join()));
      const variant = mode === "ambient" ? "-distroless" : "";
      assert.deepEqual([...images], [`docker.io/istio/proxyv2:1.31.1${variant}`]);
    });

    it("changes nothing the second time", async () => succeeded(await stack.up(noChange)));

    it("is found by a refresh as it was left", async () => succeeded(await stack.refresh(noChange)));

    it("is destroyed, and nothing is left", async () => {
      const run = await stack.destroy();
      succeeded(run);
      process.stdout.write(`      destroy: ${run.seconds.toFixed(1)} s\n`);
      assert.deepEqual(leftovers(awsBefore, await awsInventory(world.aws)), []);
      assert.deepEqual(leftovers(clusterBefore, await clusterInventory(world.cluster.client)), []);
    });

    it("comes up again over what is kept on purpose, and goes again", async () => {
      succeeded(await stack.up());
      succeeded(await stack.destroy());
      assert.deepEqual(leftovers(awsBefore, await awsInventory(world.aws)), []);
      assert.deepEqual(leftovers(clusterBefore, await clusterInventory(world.cluster.client)), []);
    });
  });
}

interface GatewayPod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
}

interface BalancerContext {
  readonly world: World;
  readonly stack: Stack;
  readonly balancer: ActualBalancer;
  readonly promised: readonly Promised[];
}

/** What a user would look at in the console. */
async function checkBalancer({ strategy }: Combination, context: BalancerContext): Promise<void> {
  const { stack, balancer, promised } = context;
  const outputs = (await stack.outputs()) as { readonly ingresses: Readonly<Record<string, IngressOutputs>> };
  const ingress = outputs.ingresses["istio-ingress"];
  assert.ok(ingress !== undefined);
  assert.equal(balancer.hostname, ingress.hostname.toLowerCase());
  assert.equal(balancer.scheme, "internet-facing");
  assert.deepEqual(balancer.securityGroups, [ingress.securityGroupId]);
  for (const [key, value] of Object.entries(tags)) assert.equal(balancer.tags[key], value, `tag ${key}`);
  const certificate = `ELBSecurityPolicy-TLS13-1-2-2021-06 ${ingress.certificateArn}`;
  if (strategy === "nlb") await checkNetwork(context, certificate);
  else checkApplication(context, certificate, nodePorts(promised, ingress));
}

interface IngressOutputs {
  readonly hostname: string;
  readonly securityGroupId: string;
  readonly certificateArn: string;
}

/** The node ports that the rules of the balancer's group let it reach, by the name of the port. */
function nodePorts(
  promised: readonly Promised[],
  { securityGroupId }: IngressOutputs,
): Readonly<Record<string, number>> {
  const out = promised.filter(
    ({ type, inputs }) => type.includes("EgressRule") && inputs["securityGroupId"] === securityGroupId,
  );
  return Object.fromEntries(
    out.map(({ inputs }) => [String(inputs["description"]).split(", ")[1] ?? "", Number(inputs["fromPort"])]),
  );
}

async function checkNetwork({ world, balancer }: BalancerContext, certificate: string): Promise<void> {
  const pods = await world.cluster.client.list<{ readonly status: { readonly podIP: string } }>(
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
  { world, balancer }: BalancerContext,
  certificate: string,
  ports: Readonly<Record<string, number>>,
): void {
  const { http2, "status-port": status } = ports;
  assert.equal(balancer.name, "live-istio-ingress");
  assert.equal(balancer.kind, "application");
  assert.deepEqual(balancer.listeners, ["HTTP 80 redirect to HTTPS 443", `HTTPS 443 ${certificate}`]);
  const machines = world.account.machines.map(({ instanceId }) => `${instanceId}:${http2}`).sort();
  assert.deepEqual(
    balancer.targetGroups.map(({ targets }) => targets),
    [machines],
  );
  for (const { type, healthCheck } of balancer.targetGroups) {
    assert.equal(type, "instance");
    assert.equal(healthCheck, `HTTP ${status} /healthz/ready every 10 s, 5 s, 3 up, 3 down`);
  }
}
