import assert from "node:assert/strict";
import { olderIstioVersion } from "./build/parts";
import type { Run, Stack } from "./engine/stack";
import { stickRelease } from "./inventory/helm-releases";
import { meshOf } from "./meshes";
import { type Trial, describeTrial, failed, noChange, succeeded, report } from "./trial";

/**
 * The resources whose creation the Kubernetes provider has cancelled. What the API server made all the same is in no
 * state; the output names it, and docs/destroy.md says to delete it.
 */
function cancelledIn({ output }: Run): ReadonlySet<string> {
  const lines = output.matchAll(/resource "(\S+)" was not successfully created .*context canceled/g);
  return new Set([...lines].map(([, urn]) => String(urn)));
}

/** All but namespaces are gone with theirs. */
async function deleteCancelledNamespaces(trial: Trial, run: Run): Promise<void> {
  const names = [...cancelledIn(run)].flatMap((urn) => /core\/v1:Namespace::mesh-namespace-(.*)$/.exec(urn)?.[1] ?? []);
  if (names.length > 0) await trial.kubectl(["delete", "namespace", "--ignore-not-found", ...names]);
}

/** Goes on after an interrupt; each object that is there already is deleted, at most as many as were cancelled. */
async function upAgain(trial: Trial, stack: Stack, cancelled: number): Promise<void> {
  const run = await stack.up();
  const [, resource, name] = /was not successfully created .*: (\S+) "(\S+)" already exists/.exec(run.output) ?? [];
  if (cancelled === 0 || resource === undefined || name === undefined) {
    succeeded(run);
    return;
  }
  await deleteObject(trial, resource, name);
  await upAgain(trial, stack, cancelled - 1);
}

async function deleteObject(trial: Trial, resource: string, name: string): Promise<void> {
  const fields = 'jsonpath={range .items[*]}{.metadata.name} {.metadata.namespace}{"\\n"}{end}';
  const found = await trial.kubectl(["get", resource, "--all-namespaces", `--output=${fields}`]);
  const namespaces = found.split("\n").flatMap((line) => (line.startsWith(`${name} `) ? [line.split(" ")[1]] : []));
  for (const namespace of namespaces) await trial.kubectl(["delete", resource, name, `--namespace=${namespace ?? ""}`]);
}

describeTrial("an up that ends before its time", (trial) => {
  let stack: Stack;
  const mesh = (istio: object = {}) => {
    const whole = meshOf(trial.testEnv, { mode: "sidecar", strategy: "nlb" });
    return { ...whole, istio: { ...(whole["istio"] as object), ...istio } };
  };
  const goneWithoutTrace = async () => {
    report(`destroy: ${succeeded(await stack.destroy()).seconds.toFixed(1)} s`);
    assert.deepEqual(await trial.left(), []);
  };

  for (const at of ["mesh-security-group-istio-ingress", "mesh-service-istio-ingress", "mesh-base", "mesh-istiod"]) {
    it(`is interrupted at ${at}, and destroyed`, async () => {
      stack = await trial.stack(`interrupted-${at}`, mesh());
      const run = await stack.up({ interrupt: { at, signal: "SIGINT" } });
      assert.notEqual(run.code, 0, run.output);
      report(`destroy: ${succeeded(await stack.destroy()).seconds.toFixed(1)} s`);
      await deleteCancelledNamespaces(trial, run);
      assert.deepEqual(await trial.left(), []);
    });
  }

  it("is interrupted at the gateway, and goes on to its end", async () => {
    stack = await trial.stack("goes-on", mesh());
    const run = await stack.up({ interrupt: { at: "mesh-gateway-istio-ingress", signal: "SIGINT" } });
    assert.notEqual(run.code, 0, run.output);
    await upAgain(trial, stack, cancelledIn(run).size);
    await trial.isAsPlanned(stack);
    succeeded(await stack.up(noChange));
    await goneWithoutTrace();
  });

  it("is killed at istiod: the steps of docs/destroy.md work, and nothing is left", async () => {
    stack = await trial.stack("killed", mesh());
    await stack.up({ interrupt: { at: "mesh-istiod", signal: "SIGKILL", afterSeconds: 1 } });
    failed(await stack.destroy(), /the stack is currently locked/);
    succeeded(await stack.run(["cancel", "--yes"]));
    // Helm has a release that Pulumi has never heard of, with webhooks that no namespace takes along.
    failed(await stack.up(), /cannot re-use a name that is still in use/);
    await trial.helm(["uninstall", "istiod", "--namespace=istio-system", "--wait"]);
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    await goneWithoutTrace();
  });

  it("comes up although AWS errs and throttles", async () => {
    const { faults } = trial.testEnv.proxy;
    faults.add({ action: "CreateSecurityGroup", code: "RequestLimitExceeded", status: 503, times: 2 });
    faults.add({ action: "AuthorizeSecurityGroupIngress", code: "RequestLimitExceeded", status: 503, times: 2 });
    faults.add({ action: "CreateLoadBalancer", code: "Throttling", times: 2 });
    faults.add({ action: "CreateTargetGroup", code: "AccessDenied", status: 403, times: 2 });
    stack = await trial.stack("throttled", mesh());
    report(`up: ${succeeded(await stack.up()).seconds.toFixed(1)} s`);
    assert.ok(trial.calls("CreateTargetGroup").filter((status) => status === 403).length === 2);
    await trial.isAsPlanned(stack);
    faults.clear();
    await goneWithoutTrace();
  });

  it("is refused by AWS: says what AWS said, goes on when it is allowed", async () => {
    const { faults } = trial.testEnv.proxy;
    const message = "You are not authorized to perform: ec2:CreateSecurityGroup";
    faults.add({ action: "CreateSecurityGroup", code: "UnauthorizedOperation", status: 403, message });
    stack = await trial.stack("refused", mesh());
    failed(await stack.up(), /not authorized to perform: ec2:CreateSecurityGroup/);
    faults.clear();
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    await goneWithoutTrace();
  });

  it("finds credentials of AWS that have expired, and has made nothing", async () => {
    const { faults } = trial.testEnv.proxy;
    faults.add({ code: "ExpiredToken", status: 403, message: "The security token included in the request is expired" });
    stack = await trial.stack("expired", mesh());
    const run = failed(await stack.up(), /security token included in the request is expired/);
    report(`gave up after ${run.seconds.toFixed(1)} s`);
    faults.clear();
    assert.deepEqual(await trial.left(), []);
  });

  it("finds a release stuck in the middle of an upgrade: the steps of docs/destroy.md work", async () => {
    stack = await trial.stack("pending", mesh({ version: olderIstioVersion }));
    succeeded(await stack.up());
    await stickRelease(trial.testEnv.cluster.client, { namespace: "istio-system", name: "istiod" });
    stack.configure(mesh());
    failed(await stack.up(), /another operation \(install\/upgrade\/rollback\) is in progress/);
    await trial.helm(["rollback", "istiod", "--namespace=istio-system", "--wait"]);
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
  });

  it("destroys what is stuck all the same", async () => {
    await stickRelease(trial.testEnv.cluster.client, { namespace: "istio-system", name: "istiod" });
    await goneWithoutTrace();
  });
});
