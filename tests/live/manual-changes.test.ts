import assert from "node:assert/strict";
import { DeleteLoadBalancerCommand, DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { describeTrial, eventually, noChange, succeeded, report } from "./trial";

describeTrial("a mesh from which something was taken by hand", (trial) => {
  let stack: Stack;
  const asPlannedAgain = async () => {
    await trial.isAsPlanned(stack);
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  };

  it("comes up", async () => {
    stack = await trial.stack("manual-changes", meshOf(trial.testEnv, { mode: "ambient", strategy: "nlb" }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
  });

  it("gets its Service back by refresh and up, and the name leads to the new load balancer", async () => {
    await trial.kubectl(["delete", "service", "istio-ingress", "--namespace=istio-ingress", "--wait"]);
    succeeded(await stack.refresh());
    succeeded(await stack.up());
    await asPlannedAgain();
    assert.deepEqual(trial.balancerCalls, { created: 2, deleted: 1 });
  });

  it("follows the controller to the load balancer that it has made in place of a deleted one", async () => {
    const { elb } = trial.testEnv.aws;
    const { LoadBalancers: [balancer] = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }));
    // The controller looks every ten hours, or when something changes.
    await trial.kubectl(["annotate", "service", "istio-ingress", "--namespace=istio-ingress", "look=again"]);
    await eventually(async () => {
      const { LoadBalancers: [other] = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
      assert.notEqual(other, undefined);
      assert.notEqual(other?.LoadBalancerArn, balancer?.LoadBalancerArn);
    });
    await trial.kubectl(["annotate", "service", "istio-ingress", "--namespace=istio-ingress", "look-"]);
    succeeded(await stack.refresh());
    succeeded(await stack.up());
    await asPlannedAgain();
  });

  it("gets its Gateway and its routes' definitions back", async () => {
    await trial.kubectl(["delete", "gateway", "istio-ingress", "--namespace=istio-ingress", "--wait"]);
    succeeded(await stack.refresh());
    succeeded(await stack.up());
    await asPlannedAgain();
  });

  it("gets a whole namespace back", async () => {
    await trial.kubectl(["delete", "namespace", "istio-ingress", "--wait"]);
    succeeded(await stack.refresh());
    succeeded(await stack.up());
    await asPlannedAgain();
  });

  it("comes back by up and a refresh after a destroy that was stopped once its load balancers were gone", async () => {
    const { created } = trial.balancerCalls;
    const run = await stack.destroy({ interrupt: { at: "mesh-a-record-app.example.com", signal: "SIGINT" } });
    assert.notEqual(run.code, 0, run.output);
    report(`ended after ${run.seconds.toFixed(1)} s`);
    succeeded(await stack.up({ flags: ["--refresh"] }));
    await asPlannedAgain();
    assert.equal(trial.balancerCalls.created, created + 1);
  });

  it("is destroyed, and nothing is left", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });
});
