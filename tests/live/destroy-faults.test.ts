import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Stack } from "./engine/stack";
import { awsInventory } from "./inventory/aws-inventory";
import { clusterInventory, leftovers } from "./inventory/cluster-inventory";
import { meshOf } from "./meshes";
import { describeLive } from "./tier";
import { type World, startWorld } from "./world/world";

/** The least that the component lets one wait. */
const cleanupSeconds = 30;

describeLive("what goes wrong around a destroy", () => {
  let world: World;
  let stack: Stack;
  let awsBefore: readonly string[];
  let clusterBefore: readonly string[];
  let failed = false;

  before(async () => {
    world = await startWorld();
    const mesh = {
      ...meshOf(world, { mode: "sidecar", strategy: "nlb" }),
      cleanup: { timeoutSeconds: cleanupSeconds },
    };
    stack = await Stack.create(world, "faults", mesh);
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

  it("tells at up that kubectl is missing", async () => {
    const run = await stack.up({ without: ["kubectl"] });
    assert.notEqual(run.code, 0);
    assert.match(run.output, /kubectl was not found; pulumi destroy will need it to remove the load balancers/);
  });

  it("comes up as soon as kubectl is there", async () => {
    const run = await stack.up();
    assert.equal(run.code, 0, run.output);
  });

  it("tells at destroy that kubectl is missing, and has touched nothing", async () => {
    const there = await awsInventory(world.aws);
    const run = await stack.destroy({ without: ["kubectl"] });
    assert.notEqual(run.code, 0);
    assert.match(run.output, /kubectl was not found, so nothing was removed yet/);
    assert.deepEqual(await awsInventory(world.aws), there);
  });

  it("gives up in time and in words if the load balancer controller is stopped, with the mesh untouched", async () => {
    await world.loadBalancerController.stop();
    const aws = await awsInventory(world.aws);
    const cluster = await clusterInventory(world.cluster.client);
    const run = await stack.destroy();
    process.stdout.write(`      gave up after ${run.seconds.toFixed(1)} s\n`);
    assert.notEqual(run.code, 0);
    assert.match(run.output, /still there: Service\/istio-ingress in namespace istio-ingress, finalizers/);
    assert.match(run.output, /No AWS Load Balancer Controller is ready, and only it can remove them/);
    assert.ok(run.seconds > cleanupSeconds && run.seconds < cleanupSeconds + 60, `${run.seconds} s`);
    assert.deepEqual(await awsInventory(world.aws), aws);
    // What has come meanwhile, such as a second replica, is no harm.
    const now = await clusterInventory(world.cluster.client);
    assert.deepEqual(leftovers(now, cluster), []);
  });

  it("ends clean once the controller is back, though AWS keeps the interfaces for a while", async () => {
    world.model.interfacesLingerSeconds = 30;
    await world.loadBalancerController.start();
    const run = await stack.destroy();
    assert.equal(run.code, 0, run.output);
    process.stdout.write(`      destroy: ${run.seconds.toFixed(1)} s, ${refusals(world)} times not yet\n`);
    assert.ok(refusals(world) > 0, "the group was deleted before its interfaces were gone");
    assert.deepEqual(leftovers(awsBefore, await awsInventory(world.aws)), []);
    assert.deepEqual(leftovers(clusterBefore, await clusterInventory(world.cluster.client)), []);
  });

  it("has nothing to do when it is destroyed twice", async () => {
    const run = await stack.destroy();
    assert.equal(run.code, 0, run.output);
  });
});

/** How often AWS has refused to delete the security group. */
function refusals({ folder }: World): number {
  const lines = readFileSync(join(folder, "logs", "aws-calls.jsonl"), "utf8").split("\n");
  return lines.filter((line) => line.includes('"DeleteSecurityGroup","status":400')).length;
}
