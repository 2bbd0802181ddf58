import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { describeTrial, eventually, noChange, succeeded } from "./trial";

const secret = "hunter2-is-no-password";

describeTrial("a mesh of somebody who has secrets, tenants and second thoughts", (trial) => {
  let stack: Stack;
  const mesh = (more: object = {}) => ({
    ...meshOf(trial.testEnv, { mode: "sidecar", strategy: "nlb" }),
    ...more,
  });

  it("keeps the texts of a secret configuration out of its state, previews and events", async () => {
    stack = await trial.stack("safety", mesh());
    for (const path of [
      "istio.values.istiod.env.TOKEN",
      "istio.meshConfig.accessLogFormat",
      "namespaces.my-app.labels.team",
    ])
      succeeded(await stack.run(["config", "set", "--secret", "--path", `istio-mesh:mesh.${path}`, secret]));
    const runs = [await stack.preview({ flags: ["--diff"] }), await stack.up()].map(succeeded);
    const encrypted = succeeded(await stack.run(["stack", "export"])).output;
    const decrypted = succeeded(await stack.run(["stack", "export", "--show-secrets"])).output;
    assert.ok(decrypted.split(secret).length > 3, "every text has arrived");
    for (const text of [encrypted, ...runs.flatMap(({ output, events }) => [output, JSON.stringify(events)])])
      assert.ok(!text.includes(secret), "a secret stands in plain text");
  });

  it("keeps its load balancers while the cleanup is turned off, and on again", async () => {
    for (const cleanup of [{ enabled: false }, { timeoutSeconds: 60 }]) {
      stack.configure(mesh({ cleanup }));
      succeeded(await stack.up());
      await trial.isAsPlanned(stack);
      succeeded(await stack.up(noChange));
    }
    assert.deepEqual(trial.balancerCalls, { created: 1, deleted: 0 });
  });

  it("lets new pods of the gateway be ready only once the load balancer sends requests to them", async () => {
    const namespace = "--namespace=istio-ingress";
    const lines = async (...command: readonly string[]) =>
      (await trial.kubectl([...command, namespace])).split("\n").filter((line) => line !== "");
    const pods = async (path: string) => lines("get", "pods", `-o=jsonpath={range .items[*]}${path}{"\\n"}{end}`);
    const [deployment = ""] = await lines("get", "deployments", "-o=name");
    await trial.kubectl(["rollout", "restart", deployment, namespace]);
    await trial.kubectl(["rollout", "status", deployment, namespace, "--timeout=120s"]);
    await eventually(async () => {
      const gates = await pods("{.spec.readinessGates[*].conditionType}");
      assert.ok(gates.length > 0);
      for (const gate of gates) assert.match(gate, /^target-health\.elbv2\.k8s\.aws\//);
    }, 120);
    for (const grace of await pods("{.spec.terminationGracePeriodSeconds}")) assert.ok(Number(grace) > 60, grace);
  });

  it("removes nothing that a tenant names in an annotation", async () => {
    await trial.kubectl(["create", "namespace", "other-team"]);
    await trial.kubectl(["create", "service", "clusterip", "victim", "--namespace=other-team", "--tcp=80"]);
    await trial.kubectl(["create", "service", "clusterip", "decoy", "--namespace=my-app", "--tcp=80"]);
    // As rows of what the cleanup found: one of another namespace, and one whose name ends the manifest's line.
    const rows = [
      "v1|Service|other-team|victim|LoadBalancer|||",
      `v1|Service|istio-ingress|victim", namespace: "other-team"} #|LoadBalancer|||`,
    ];
    const annotation = `networking.istio.io/service-type=x\n${rows.join("\n")}\n`;
    await trial.kubectl(["annotate", "service", "decoy", "--namespace=my-app", annotation]);
    succeeded(await stack.destroy());
    await trial.kubectl(["get", "service", "victim", "--namespace=other-team"]);
    await trial.kubectl(["delete", "namespace", "other-team", "--wait"]);
    assert.deepEqual(await trial.left(), []);
  });
});

describeTrial("a mesh of somebody who may only assume a role", (trial) => {
  it("comes up and goes with the role, its cluster and its network interfaces too", async () => {
    const caller = "AKIALIVECALLER";
    const arn = "arn:aws:iam::123456789012:user/caller";
    trial.testEnv.proxy.principals.set(caller, { arn, tags: {}, policies: [], noClusterAccess: true });
    const mesh = meshOf(trial.testEnv, { mode: "sidecar", strategy: "nlb" });
    const cleanup = { timeoutSeconds: 60, waitForNetworkInterfaces: true };
    const stack = await trial.stack("role", { ...mesh, cleanup });
    const role = ["aws:assumeRoles[0].roleArn", "arn:aws:iam::123456789012:role/deployer"];
    succeeded(await stack.run(["config", "set", "--path", ...role]));
    const environment = { AWS_ACCESS_KEY_ID: caller };
    succeeded(await stack.up({ environment }));
    await trial.isAsPlanned(stack);
    succeeded(await stack.destroy({ environment }));
    assert.deepEqual(await trial.left(), []);
  });
});

describeTrial("a mesh on a cluster with a Fargate node", (trial) => {
  it("comes up with its agents on the other nodes only, and is destroyed", async () => {
    await trial.testEnv.cluster.client.post("/api/v1/nodes", {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name: "fargate-ip-10-0-9-9.ec2.internal",
        labels: { "eks.amazonaws.com/compute-type": "fargate", "kubernetes.io/os": "linux" },
      },
      spec: { taints: [{ key: "eks.amazonaws.com/compute-type", value: "fargate", effect: "NoSchedule" }] },
    });
    await trial.takeAsGiven();
    const stack = await trial.stack("fargate", meshOf(trial.testEnv, { mode: "ambient", strategy: "alb" }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    const agents = await nodesOfAgents();
    assert.ok(agents.length >= 2);
    assert.deepEqual(
      agents.filter((node) => node.startsWith("fargate")),
      [],
    );
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });

  /** The nodes that the pods of ztunnel and the CNI agent are for. */
  async function nodesOfAgents(): Promise<readonly string[]> {
    const pods = await trial.kubectl([
      "get",
      "pods",
      "--namespace=istio-system",
      '-o=jsonpath={range .items[*]}{.metadata.ownerReferences[0].kind} {.spec.nodeName}{"\\n"}{end}',
    ]);
    return pods.split("\n").flatMap((line) => /^DaemonSet (.+)$/.exec(line)?.[1] ?? []);
  }
});
