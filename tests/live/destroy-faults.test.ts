import assert from "node:assert/strict";
import type { Run, Stack } from "./engine/stack";
import { leftovers } from "./inventory/cluster-inventory";
import { meshOf } from "./meshes";
import { type Trial, describeTrial, failed, succeeded, report } from "./trial";

/** The least that the component lets one wait. */
const cleanupSeconds = 30;

const attributes = "service.beta.kubernetes.io/aws-load-balancer-attributes";

/** What the user reads, how long it took, and that nothing is gone. */
async function gaveUp(trial: Trial, run: () => Promise<Run>, words: RegExp): Promise<void> {
  const there = await trial.everything();
  const { seconds } = failed(await run(), words);
  report(`gave up after ${seconds.toFixed(1)} s`);
  // What has come meanwhile, such as a second replica, is no harm.
  assert.deepEqual(leftovers(await trial.everything(), there), []);
}

describeTrial("what goes wrong around a destroy", (trial) => {
  let stack: Stack;
  const mesh = (annotations: object = {}) => {
    const whole = meshOf(trial.testEnv, { mode: "sidecar", strategy: "nlb" });
    const ingress = { ...(whole["ingress"] as object), annotations };
    return { ...whole, ingress, cleanup: { timeoutSeconds: cleanupSeconds } };
  };

  it("tells at up that kubectl is missing", async () => {
    stack = await trial.stack("faults", mesh());
    const run = await stack.up({ without: ["kubectl"] });
    failed(run, /kubectl was not found; pulumi destroy will need it to remove the load balancers/);
  });

  it("comes up as soon as kubectl is there", async () => void succeeded(await stack.up()));

  it("tells at destroy that kubectl is missing, and has touched nothing", async () => {
    await gaveUp(
      trial,
      async () => stack.destroy({ without: ["kubectl"] }),
      /kubectl was not found, so nothing was removed yet/,
    );
  });

  it("reports credentials that have expired", async () => {
    trial.testEnv.model.tokensAccepted = false;
    const words = /the cluster refuses the credentials, so nothing was removed yet\. Renew them/;
    await gaveUp(trial, async () => stack.destroy(), words);
    trial.testEnv.model.tokensAccepted = true;
  });

  it("reports a cluster that does not answer", async () => {
    const there = await trial.everything();
    const { apiserver } = trial.testEnv.cluster;
    apiserver.freeze();
    const run = await stack.destroy().finally(() => apiserver.thaw());
    failed(run, /the cluster cannot be reached, so nothing was removed yet\. Make it reachable/);
    report(`gave up after ${run.seconds.toFixed(1)} s`);
    assert.deepEqual(leftovers(await trial.everything(), there), []);
  });

  it("stops at deletion protection, and reports what AWS said", async () => {
    stack.configure(mesh({ [attributes]: "deletion_protection.enabled=true" }));
    succeeded(await stack.up());
    await gaveUp(trial, async () => stack.destroy(), /deletion_protection is enabled, cannot delete/);
  });

  it("goes on as docs/destroy.md says once the protection is taken away", async () => {
    stack.configure(mesh({ [attributes]: "deletion_protection.enabled=false" }));
    report(`up took ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });

  it("gives up in time and in words if the load balancer controller is stopped, with the mesh untouched", async () => {
    succeeded(await stack.up());
    await trial.testEnv.loadBalancerController.stop();
    const there = await trial.everything();
    const run = failed(await stack.destroy(), /No AWS Load Balancer Controller is ready, and only it can remove them/);
    report(`gave up after ${run.seconds.toFixed(1)} s`);
    assert.match(run.output, /still there: Service\/istio-ingress in namespace istio-ingress, finalizers/);
    assert.doesNotMatch(
      run.output,
      /event ScalingReplicaSet/,
      "a Deployment of the same name has nothing to do with it",
    );
    assert.ok(run.seconds > cleanupSeconds, `${run.seconds} s`);
    assert.deepEqual(leftovers(await trial.everything(), there), []);
  });

  it("ends clean once the controller is back, though AWS errs, throttles and keeps the interfaces", async () => {
    const { model, proxy, loadBalancerController } = trial.testEnv;
    model.interfacesLingerSeconds = 90;
    proxy.faults.add({ action: "DeleteLoadBalancer", code: "AccessDenied", status: 403, times: 2 });
    proxy.faults.add({ action: "DeleteTargetGroup", code: "Throttling", times: 2 });
    proxy.faults.add({ action: "RevokeSecurityGroupIngress", code: "RequestLimitExceeded", status: 503, times: 2 });
    await loadBalancerController.start();
    const before = trial.calls("DeleteSecurityGroup").length;
    report(`destroy: ${succeeded(await stack.destroy()).seconds.toFixed(1)} s`);
    const refused = trial
      .calls("DeleteSecurityGroup")
      .slice(before)
      .filter((status) => status === 400).length;
    report(`AWS said ${refused} times: not yet`);
    assert.ok(refused > 0, "the group was deleted before its interfaces were gone");
    assert.deepEqual(trial.calls("DeleteLoadBalancer").filter((status) => status === 403).length, 2);
    proxy.faults.clear();
    model.interfacesLingerSeconds = 1;
    assert.deepEqual(await trial.left(), []);
  });

  it("has nothing to do when it is destroyed twice", async () => void succeeded(await stack.destroy()));

  it("waits for a slow controller, and for the interfaces if told to", async () => {
    const { model, proxy } = trial.testEnv;
    stack.configure({ ...mesh(), cleanup: { timeoutSeconds: 120, waitForNetworkInterfaces: true } });
    succeeded(await stack.up());
    model.interfacesLingerSeconds = 15;
    proxy.faults.add({ action: "DeleteLoadBalancer", delay: 20_000, times: 1 });
    const run = succeeded(await stack.destroy());
    report(`destroy: ${run.seconds.toFixed(1)} s`);
    assert.ok(run.seconds > 35, `${run.seconds} s`);
    model.interfacesLingerSeconds = 1;
    assert.deepEqual(await trial.left(), []);
  });

  it("reports a release that was removed by hand, and goes on as docs/destroy.md says", async () => {
    stack.configure(mesh());
    succeeded(await stack.up());
    await trial.helm(["uninstall", "istio-ingress", "--namespace=istio-ingress", "--wait"]);
    failed(await stack.destroy(), /Release not loaded/);
    succeeded(await stack.destroy({ flags: ["--refresh"] }));
    assert.deepEqual(await trial.left(), []);
  });

  it("can be interrupted while it waits for the controller, and goes on", async () => {
    succeeded(await stack.up());
    await trial.testEnv.loadBalancerController.stop();
    const run = await stack.destroy({ interrupt: { at: "mesh-cleanup", signal: "SIGINT", afterSeconds: 5 } });
    assert.notEqual(run.code, 0);
    report(`ended after ${run.seconds.toFixed(1)} s`);
    await trial.testEnv.loadBalancerController.start();
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });
});
