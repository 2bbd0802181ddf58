import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Stack } from "./engine/stack";
import { repository } from "./engine/toolbox";
import { type Trial, describeTrial, eventually, noChange, succeeded } from "./trial";

interface Variant {
  readonly mode: "ambient" | "sidecar";
  readonly routing: "gateway-api" | "istio";
  readonly strategy: "nlb" | "alb";
}

const variants: readonly Variant[] = [
  { mode: "ambient", routing: "gateway-api", strategy: "nlb" },
  { mode: "ambient", routing: "istio", strategy: "alb" },
  { mode: "sidecar", routing: "gateway-api", strategy: "alb" },
  { mode: "sidecar", routing: "istio", strategy: "nlb" },
];

/** The example as it stands, with the charts of this test environment. */
async function openExample(trial: Trial, variant: Variant): Promise<{ stack: Stack; folder: string }> {
  const { testEnv } = trial;
  const folder = join(testEnv.folder, "stacks", "bookinfo");
  mkdirSync(folder, { recursive: true });
  cpSync(join(repository, "examples", "bookinfo", "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  const project = parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as object;
  const main = join(repository, "examples", "bookinfo", "index.ts");
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, main }));
  return { stack: await Stack.open(testEnv, folder, configOf(trial, variant)), folder };
}

function configOf({ testEnv }: Trial, variant: Variant): object {
  const { chartRepository, gatewayApiManifest } = testEnv.repository;
  const config = { cluster: testEnv.account.clusterName, chartRepository, gatewayApiManifest, ...variant };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [`bookinfo:${key}`, value]));
}

interface Pod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<"containers" | "initContainers", readonly { readonly name: string }[] | undefined>>;
}

interface Route {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly parents?: readonly { readonly conditions: readonly Condition[] }[] };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

/** Names of the containers in each pod of the application. */
async function containersOf({ testEnv }: Trial): Promise<Readonly<Record<string, readonly string[]>>> {
  const pods = await testEnv.cluster.client.list<Pod>("/api/v1/namespaces/bookinfo/pods");
  const entries = pods
    .filter(({ metadata: { labels } }) => labels["app"] !== undefined)
    .map(({ metadata: { labels }, spec }) => {
      const all = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
      return [`${labels["app"]}-${labels["version"]}`, all.map(({ name }) => name)] as const;
    });
  return Object.fromEntries(entries);
}

/** What istiod finds wrong with HTTPRoutes, of Gateways and of Services. */
async function wrongRoutes({ testEnv }: Trial): Promise<readonly string[]> {
  const all = await testEnv.cluster.client.list<Route>("/apis/gateway.networking.k8s.io/v1/httproutes");
  return all.flatMap(({ metadata: { name }, status }) => {
    const conditions = status?.parents?.flatMap((parent) => parent.conditions) ?? [];
    if (conditions.length === 0) return [`${name}: nobody has looked at it`];
    return conditions.filter((one) => one.status !== "True").map(({ type, message }) => `${name}: ${type} ${message}`);
  });
}

for (const variant of variants) {
  const { mode, routing, strategy } = variant;
  const byGatewayApi = mode === "ambient" || routing === "gateway-api";

  describeTrial(`Bookinfo in mode ${mode}, behind an ${strategy} with routing ${routing}`, (trial) => {
    let stack: Stack;

    it("comes up, and tells the address of its page", async () => {
      ({ stack } = await openExample(trial, variant));
      succeeded(await stack.preview());
      succeeded(await stack.up());
      const { url } = await stack.outputs();
      const balancers = await trial.aws(["elbv2", "describe-load-balancers", "--query", "LoadBalancers[].DNSName"]);
      const [name, ...others] = JSON.parse(balancers) as readonly string[];
      assert.deepEqual([url, others], [`http://${name}/productpage`, []]);
    });

    it("runs five pods, with sidecars where the mode has them", async () => {
      const containers = await containersOf(trial);
      const apps = ["details-v1", "productpage-v1", "ratings-v1", "reviews-v1", "reviews-v3"];
      assert.deepEqual(Object.keys(containers).sort(), apps);
      for (const [name, inPod] of Object.entries(containers)) {
        assert.equal(inPod.includes("istio-proxy"), mode === "sidecar", `${name}: ${inPod.join(", ")}`);
      }
    });

    it("has routes that istiod takes", async () => {
      await eventually(async () => assert.deepEqual(await wrongRoutes(trial), []));
      succeeded(await stack.up(noChange));
      succeeded(await stack.refresh(noChange));
    });

    it("sends half of the requests for reviews to version 3 by a change of one object", async () => {
      const run = succeeded(await stack.up({ flags: ["--config", "bookinfo:canary=50"] }));
      assert.match(run.output, /1 updated/);
      const kind = byGatewayApi ? "httproutes.gateway.networking.k8s.io" : "virtualservices.networking.istio.io";
      const written = await trial.kubectl(["get", kind, "reviews", "--namespace=bookinfo", "--output=json"]);
      assert.deepEqual(written.match(/"weight": \d+/g), ['"weight": 50', '"weight": 50']);
    });

    it("is destroyed, and nothing is left", async () => {
      succeeded(await stack.destroy());
      assert.deepEqual(await trial.left(), []);
    });
  });
}
