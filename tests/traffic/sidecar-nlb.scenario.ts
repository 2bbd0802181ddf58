import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Stack } from "../live/engine/stack";
import { eventually, succeeded, report } from "../live/trial";
import { ask, deploy, kubectl, podAddresses, podNames, rolledOut } from "./applications";
import { Client } from "./client/client";
import { Load } from "./client/load";
import { sidecarsBehindNlb } from "./meshes";
import { addresses } from "./network/vpc";
import { describeTraffic } from "./scenario-tier";

const web = { name: "web", namespace: "shop" };
const caller = { name: "caller", namespace: "shop" };
const outsider = { name: "outsider", namespace: "legacy" };
/** Requests per second of a load. */
const perSecond = 50;
const webUrl = "http://web.shop.svc.cluster.local:8080/";

describeTraffic("sidecars behind an NLB with targets by address", (traffic) => {
  let stack: Stack;
  let client: Client;
  let url = "";

  const change = async (options: Parameters<typeof sidecarsBehindNlb>[1]) => {
    stack.configure(sidecarsBehindNlb(traffic().testEnv, options));
    succeeded(await stack.up());
  };

  it("answer at the printed URL, with a certificate for the name", async () => {
    const { testEnv } = traffic();
    client = new Client(traffic());
    stack = await Stack.create(testEnv, "sidecar-nlb", sidecarsBehindNlb(testEnv));
    const { seconds } = succeeded(await stack.up());
    url = String((await stack.outputs())["url"]);
    await deploy(testEnv, { ...web, replicas: 2 });
    const start = Date.now();
    await eventually(async () => assert.match((await client.echo(url)).pod, /^web-/), 60);
    report(`up in ${Math.round(seconds)} s; the first answer ${Date.now() - start} ms after the application was ready`);
  });

  it("answer 404 for a host that has no route", async () => {
    const { status } = await client.get(url, { headers: { host: "other.example.com" } });
    assert.equal(status, 404);
  });

  it("redirect from port 80 to the same path", async () => {
    const { status, headers } = await client.get(`${url.replace("https:", "http:")}/cart?item=1`);
    assert.deepEqual([status, headers["location"]], [301, `${url}/cart?item=1`]);
  });

  it("report the scheme to the application, and the NLB as its client", async () => {
    const { headers } = await client.echo(url);
    const { hostname } = new URL(url);
    const balancer = traffic().edge.addressesOf((await client.aliasOf(hostname)) ?? "")?.inVpc;
    assert.deepEqual([headers["x-forwarded-for"], headers["x-forwarded-proto"]], [balancer, "https"]);
  });

  it("lose no request while the gateway's pods are replaced", async () => {
    const { testEnv } = traffic();
    const namespace = String((await stack.outputs())["ingressNamespace"]);
    const gateways = (
      await kubectl(testEnv, ["get", "deployments", `--namespace=${namespace}`, "--output=name"])
    ).trim();
    const before = await podNames(testEnv, namespace);
    const load = new Load(client, url, perSecond);
    await kubectl(testEnv, ["rollout", "restart", gateways, `--namespace=${namespace}`]);
    await rolledOut(testEnv, gateways.replace(/^.*\//, ""), namespace);
    await eventually(async () => {
      const there = await podNames(testEnv, namespace);
      assert.deepEqual(
        there.filter((name) => before.includes(name)),
        [],
      );
    }, 180);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { sent, failures, slowestMilliseconds } = await load.stop();
    report(`${sent} requests, failed: ${JSON.stringify(failures)}, the slowest took ${slowestMilliseconds} ms`);
    assert.ok(sent > 10 * perSecond, "the load was too short to show anything");
    assert.deepEqual(failures, {});
  });

  it("refuse plaintext where mTLS is strict, and still answer the gateway and each other", async () => {
    await change({ more: { security: { mtls: "strict" } } });
    const { testEnv } = traffic();
    await deploy(testEnv, caller);
    await kubectl(testEnv, ["create", "namespace", outsider.namespace]);
    await deploy(testEnv, outsider);
    const [address = ""] = await podAddresses(testEnv, web.name, web.namespace);
    await eventually(async () => {
      const { error } = await ask(traffic(), outsider, `http://${address}:8080/`);
      assert.equal(error, "ECONNRESET");
    });
    assert.equal((await ask(traffic(), caller, webUrl)).status, 200);
    assert.equal((await client.get(url)).status, 200);
  });

  it("answer 403 to what nothing allows, and 200 to the gateway whose route leads to them", async () => {
    await change({ more: { security: { mtls: "strict", defaultDeny: true } } });
    await eventually(async () => assert.equal((await ask(traffic(), caller, webUrl)).status, 403));
    assert.equal((await client.get(url)).status, 200);
  });

  it("reach no host outside of the registry, and those in it", async () => {
    const outside = createServer((_, response) => response.end("outside"));
    await new Promise<void>((resolve) => outside.listen(80, addresses.outside, resolve));
    try {
      const target = `http://${addresses.outside}/`;
      await change({ more: { egress: { policy: "allow-any" } } });
      await eventually(async () => assert.equal((await ask(traffic(), caller, target)).body, "outside"));
      await change({ more: { egress: { policy: "registry-only" } } });
      await eventually(async () => assert.equal((await ask(traffic(), caller, target)).status, 502));
      assert.equal((await ask(traffic(), caller, webUrl)).status, 200);
    } finally {
      outside.close();
    }
  });

  it("answer only the addresses that may reach them", async () => {
    await change({ ingress: { allowedCidrs: ["192.0.2.0/24"] } });
    await eventually(async () =>
      assert.rejects(client.get(url, { timeoutMilliseconds: 2000 }), /no answer in 2000 ms/),
    );
    await change({ ingress: { allowedCidrs: [addresses.clients] } });
    await eventually(async () => assert.equal((await client.get(url)).status, 200));
  });

  it("are destroyed while a client keeps its connection", async () => {
    const agents = client.agents();
    assert.equal((await client.get(url, { agents })).status, 200);
    succeeded(await stack.destroy());
    agents.https.destroy();
  });
});
