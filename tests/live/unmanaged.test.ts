import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { describeTrial, failed, noChange, succeeded } from "./trial";

describeTrial("a cluster where others have been before, or still are", (trial) => {
  let first: Stack;
  let second: Stack;
  const ambient = () => meshOf(trial.testEnv, { mode: "ambient", strategy: "nlb" });

  it("takes definitions of the Gateway API that kubectl has applied", async () => {
    const { gatewayApiManifest } = trial.testEnv.repository;
    await trial.kubectl(["apply", "--server-side", `--filename=${gatewayApiManifest}`]);
    await trial.takeAsGiven();
    first = await trial.stack("first", ambient());
    succeeded(await first.up());
    await trial.isAsPlanned(first);
    succeeded(await first.up(noChange));
    succeeded(await first.destroy());
    assert.deepEqual(await trial.left(), []);
  });

  it("tells whose fields its definitions would change, and takes them as they are if told to", async () => {
    const definition = "customresourcedefinition/httproutes.gateway.networking.k8s.io";
    const version = "gateway.networking.k8s.io/bundle-version=v1.7.0";
    await trial.kubectl(["annotate", "--overwrite", "--field-manager=platform-team", definition, version]);
    const run = failed(await first.up(), /platform-team/);
    assert.match(run.output, /conflict/i);
    first.configure({ ...ambient(), gatewayApi: { crds: "external" } });
    succeeded(await first.up());
    await trial.isAsPlanned(first);
    succeeded(await first.destroy());
    assert.deepEqual(await trial.left(), []);
  });

  it("stops at definitions of Istio that Helm does not know, and takes them over as docs/destroy.md says", async () => {
    const definition = "customresourcedefinition/sidecars.networking.istio.io";
    const owner = ["meta.helm.sh/release-name", "meta.helm.sh/release-namespace"];
    await trial.kubectl(["annotate", definition, ...owner.map((name) => `${name}-`)]);
    failed(await first.up(), /sidecars\.networking\.istio\.io.*invalid ownership metadata/);
    await trial.kubectl(["annotate", definition, `${owner[0]}=istio-base`, `${owner[1]}=istio-system`]);
    await trial.kubectl(["label", "--overwrite", definition, "app.kubernetes.io/managed-by=Helm"]);
    succeeded(await first.up());
    await trial.isAsPlanned(first);
  });

  it("refuses a second mesh of the same names, and the first has lost nothing", async () => {
    const there = await trial.everything();
    second = await trial.stack("second", ambient());
    failed(await second.up(), /namespaces "istio-system" already exists/);
    succeeded(await second.destroy());
    const now = await trial.everything();
    // ACM wants one and the same record from all certificates of a name: docs/good-to-know.md says how to get it back.
    const shared = /^record CNAME _\w+\.app\.example\.com\./;
    assert.deepEqual(
      there.filter((line) => !now.includes(line) && !shared.test(line)),
      [],
    );
    succeeded(await first.refresh());
    succeeded(await first.up());
    await trial.isAsPlanned(first);
    succeeded(await first.up(noChange));
  });

  it("refuses to take over a Service of that name, and the first has lost nothing", async () => {
    const { account } = trial.testEnv;
    second.configure({
      mode: "sidecar",
      cluster: { name: account.clusterName },
      istio: { profile: "empty" },
      ingress: { strategy: "nlb", gateway: { namespace: "istio-ingress", labels: { app: "other" } } },
    });
    failed(await second.up(), /services "istio-ingress" already exists/);
    succeeded(await second.destroy());
    await trial.isAsPlanned(first);
    succeeded(await first.up(noChange));
  });

  it("lets a second stack put a load balancer before gateways that are there, and take only that one away", async () => {
    const { account } = trial.testEnv;
    second.configure({
      mode: "sidecar",
      cluster: { name: account.clusterName },
      istio: { profile: "empty" },
      additionalIngresses: {
        second: {
          strategy: "nlb",
          gateway: {
            namespace: "istio-ingress",
            labels: { "gateway.networking.k8s.io/gateway-name": "istio-ingress" },
          },
        },
      },
    });
    const there = await trial.everything();
    succeeded(await second.up());
    assert.deepEqual((await trial.everything()).filter((line) => line.startsWith("load balancer")).length, 2);
    succeeded(await second.destroy());
    const now = await trial.everything();
    assert.deepEqual(
      there.filter((line) => !now.includes(line)),
      [],
    );
    await trial.isAsPlanned(first);
    succeeded(await first.up(noChange));
  });

  it("finds a namespace of its name, and leaves it and what is in it as it was", async () => {
    succeeded(await first.destroy());
    await trial.kubectl(["create", "namespace", "istio-ingress"]);
    await trial.kubectl(["create", "service", "clusterip", "istio-ingress", "--namespace=istio-ingress", "--tcp=80"]);
    await trial.takeAsGiven();
    failed(await first.up(), /namespaces "istio-ingress" already exists/);
    succeeded(await first.destroy());
    assert.deepEqual(await trial.left(), []);
    await trial.kubectl(["get", "service", "istio-ingress", "--namespace=istio-ingress"]);
  });

  it("leaves helm's own view of the cluster in order", async () => {
    assert.equal((await trial.helm(["list", "--all-namespaces", "--short"])).trim(), "");
  });
});

describeTrial("a cluster that was deleted while the mesh was on it", (trial) => {
  let stack: Stack;

  it("loses its mesh by hand", async () => {
    stack = await trial.stack("lost", meshOf(trial.testEnv, { mode: "ambient", strategy: "nlb" }));
    succeeded(await stack.up());
    trial.testEnv.cluster.apiserver.kill();
    await trial.aws(["eks", "delete-cluster", "--name=live"]);
  });

  it("stops the destroy at once, and points to docs/destroy.md", async () => {
    const run = failed(await stack.destroy(), /the cluster cannot be reached, so nothing was removed yet/);
    assert.match(run.output, /if it is gone for good, see 'When destroy cannot finish' in docs\/destroy\.md/);
  });

  it("removes the rest as docs/destroy.md says", async () => {
    const filter = ["--tag-filters", "Key=elbv2.k8s.aws/cluster,Values=live"];
    const query = ["--query=ResourceTagMappingList[].ResourceARN", "--output=text"];
    const orphans = await trial.aws(["resourcegroupstaggingapi", "get-resources", ...filter, ...query]);
    const arns = orphans.split(/\s+/).filter((arn) => arn !== "");
    const balancers = arns.filter((arn) => arn.includes(":loadbalancer/"));
    const groups = arns.filter((arn) => arn.includes(":targetgroup/"));
    assert.equal(balancers.length, 1);
    for (const arn of balancers) await trial.aws(["elbv2", "delete-load-balancer", `--load-balancer-arn=${arn}`]);
    for (const arn of groups) await trial.aws(["elbv2", "delete-target-group", `--target-group-arn=${arn}`]);
    succeeded(await stack.refresh({ environment: { PULUMI_K8S_DELETE_UNREACHABLE: "true" } }));
    const urns = (await stack.run(["stack", "--show-urns"])).output;
    const cleanup = /urn:\S+::mesh-cleanup/.exec(urns)?.[0] ?? "";
    succeeded(await stack.run(["state", "delete", "--yes", cleanup]));
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.leftInAws(), []);
    const exported = JSON.parse((await stack.run(["stack", "export"])).output) as {
      deployment: { resources?: readonly unknown[] };
    };
    assert.deepEqual(exported.deployment.resources ?? [], []);
  });
});
