import assert from "node:assert/strict";
import { Stack } from "../live/engine/stack";
import { eventually, report, succeeded } from "../live/trial";
import { ask, deploy, kubectl } from "./applications";
import { Client, type Echo } from "./client/client";
import { host, routes, sidecarsBehindNlb } from "./meshes";
import { describeTraffic } from "./scenario-tier";

const web = { name: "web", namespace: "shop", replicas: 3, isSpread: true };
/** A pod of the same Service whose every answer is an error. */
const failing = { ...web, name: "failing", app: web.name, replicas: 1, status: 503 };
/** One whose first answers are errors. */
const recovering = { ...failing, name: "recovering", failures: 4 };
const mirrored = { name: "mirrored", namespace: "shop" };
const caller = { name: "caller", namespace: "shop" };
const webUrl = "http://web.shop.svc.cluster.local:8080/";
const toWeb = { host, service: web.name, namespace: web.namespace, port: 8080 };
const mirroring = { ...toWeb, path: "/mirror", mirror: { service: mirrored.name, namespace: "shop", port: 8080 } };

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly nodeName: string };
  }[];
}

interface Nodes {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  }[];
}

describeTraffic("requests and applications that fail", (traffic) => {
  let stack: Stack;
  let client: Client;
  let url = "";

  const mesh = (defaults: object, ingress: object = {}) =>
    sidecarsBehindNlb(traffic().testEnv, {
      ingress: { routes: [...routes, mirroring], ...ingress },
      more: { traffic: defaults },
    });
  const change = async (...given: Parameters<typeof mesh>) => {
    stack.configure(mesh(...given));
    succeeded(await stack.up());
  };
  const statuses = async (count: number) => {
    const found: number[] = [];
    for (let sent = 0; sent < count; sent++) found.push((await client.get(url)).status);
    return found;
  };

  it("come up", async () => {
    const { testEnv } = traffic();
    client = new Client(traffic());
    stack = await Stack.create(testEnv, "resilience", mesh({}));
    succeeded(await stack.up());
    url = String((await stack.outputs())["url"]);
    await Promise.all([web, mirrored, caller].map(async (application) => deploy(testEnv, application)));
    await eventually(async () => assert.match((await client.echo(url)).pod, /^web-/), 60);
  });

  it("are copied to the Service of a mirror, whose answers nobody gets", async () => {
    assert.match((await client.echo(`${url}/mirror`)).pod, /^web-/);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { body } = await ask(traffic(), caller, "http://mirrored.shop.svc.cluster.local:8080/mirror");
    assert.equal((JSON.parse(body) as Echo).times, 2, "the copy, and the request that asks");
  });

  // Seen red with `maxEjectionPercent: 10`: 503 for a quarter of the requests, for good.
  it("reach no endpoint that fails, once it is ejected", async () => {
    await deploy(traffic().testEnv, failing);
    await eventually(async () => assert.ok((await statuses(20)).includes(503)));
    await change({ outlierDetection: { consecutiveGatewayErrors: 3, intervalSeconds: 1, baseEjectionSeconds: 300 } });
    await eventually(async () => assert.deepEqual([...new Set(await statuses(40))], [200]), 60);
  });

  it("reach an endpoint again that failed for a while, once its ejection is over", async () => {
    await kubectl(traffic().testEnv, ["delete", "deployment", failing.name, `--namespace=${failing.namespace}`]);
    await change({ outlierDetection: { consecutiveGatewayErrors: 3, intervalSeconds: 1, baseEjectionSeconds: 5 } });
    await deploy(traffic().testEnv, recovering);
    await eventually(async () => assert.ok((await statuses(20)).includes(503)), 60);
    await eventually(async () => {
      const pods = await Promise.all(Array.from({ length: 40 }, async () => (await client.echo(url)).pod));
      assert.ok(
        pods.some((pod) => pod.startsWith(`${recovering.name}-`)),
        [...new Set(pods)].join(),
      );
    }, 120);
    await kubectl(traffic().testEnv, ["delete", "deployment", recovering.name, `--namespace=${recovering.namespace}`]);
  });

  it("stay in the zone of the caller, and leave it where nobody answers there", async () => {
    await change({ locality: "failover" });
    const zones = await zonesOfPods();
    const [own] = [...zones].flatMap(([pod, zone]) => (pod.startsWith(`${caller.name}-`) ? [zone] : []));
    const answering = async () => {
      const found = new Set<string>();
      for (let sent = 0; sent < 20; sent++) {
        const { body } = await ask(traffic(), caller, webUrl);
        found.add(String(zones.get((JSON.parse(body) as Echo).pod)));
      }
      return [...found];
    };
    await eventually(async () => assert.deepEqual(await answering(), [own]), 60);
    const [local] = [...zones].flatMap(([pod, zone]) => (zone === own && pod.startsWith("web-") ? [pod] : []));
    await kubectl(traffic().testEnv, ["label", "pod", String(local), "app-", `--namespace=${web.namespace}`]);
    await eventually(async () => {
      const found = await answering();
      assert.ok(found.length > 0 && !found.includes(String(own)), String(found));
    }, 60);
  });

  it("get 429 above the limit of the gateway's pods", async () => {
    await change({}, { rateLimit: { requestsPerSecond: 5 } });
    await eventually(async () => assert.ok((await statuses(60)).includes(429)), 60);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const start = Date.now();
    const answers = await Promise.all(Array.from({ length: 60 }, async () => (await client.get(url)).status));
    const seconds = (Date.now() - start) / 1000;
    const admitted = answers.filter((status) => status === 200).length;
    report(`${admitted} of ${answers.length} requests in ${seconds.toFixed(1)} s, with 5 per second and pod`);
    assert.ok(admitted > 0 && admitted <= 2 * 5 * (seconds + 1), String(admitted));
    assert.deepEqual([...new Set(answers)].sort(), [200, 429]);
  });

  it("are destroyed", async () => {
    succeeded(await stack.destroy());
  });

  /** The zone of the node of each pod of the application's namespace. */
  async function zonesOfPods(): Promise<ReadonlyMap<string, string>> {
    const { testEnv } = traffic();
    const pods = JSON.parse(await kubectl(testEnv, ["get", "pods", "--namespace=shop", "--output=json"])) as Pods;
    const nodes = JSON.parse(await kubectl(testEnv, ["get", "nodes", "--output=json"])) as Nodes;
    const zones = new Map(
      nodes.items.map(({ metadata }) => [metadata.name, metadata.labels["topology.kubernetes.io/zone"]]),
    );
    return new Map(pods.items.map(({ metadata, spec }) => [metadata.name, String(zones.get(spec.nodeName))]));
  }
});
