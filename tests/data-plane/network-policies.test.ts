import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { Stack } from "../live/engine/stack";
import { eventually, succeeded } from "../live/trial";
import { ask, deploy, kubectl, podAddresses } from "./applications";
import { Client } from "./client/client";
import { type MeshOptions, sidecarsBehindNlb } from "./meshes";
import { podIdentityAddress, startPodIdentityAgents } from "./network/pod-identity-agent";
import { addresses } from "./network/vpc";
import { describeTraffic } from "./scenario-tier";

const web = { name: "web", namespace: "shop" };
const caller = { name: "caller", namespace: "shop" };
const outsider = { name: "outsider", namespace: "legacy" };
const webUrl = "http://web.shop.svc.cluster.local:8080/";
const outsideUrl = `http://${addresses.outside}/`;
const partner = { direction: "egress", cidr: `${addresses.outside}/32`, ports: [80] };

describeTraffic("a mesh with NetworkPolicies", (traffic) => {
  let stack: Stack;
  let client: Client;
  let url = "";

  const mesh = ({ namespaces = {}, more = {} }: MeshOptions = {}) =>
    sidecarsBehindNlb(traffic().testEnv, { namespaces, more: { security: { networkPolicies: true }, ...more } });
  const change = async (options: MeshOptions) => {
    stack.configure(mesh(options));
    succeeded(await stack.up());
  };
  const addressOfWeb = async () => (await podAddresses(traffic().testEnv, web.name, web.namespace))[0] ?? "";

  it("answers clients, and its pods each other", async () => {
    const { testEnv } = traffic();
    client = new Client(traffic());
    stack = await Stack.create(testEnv, "network-policies", mesh());
    succeeded(await stack.up());
    url = String((await stack.outputs())["url"]);
    await kubectl(testEnv, ["create", "namespace", outsider.namespace]);
    await Promise.all([web, caller, outsider].map(async (application) => deploy(testEnv, application)));
    await eventually(async () => assert.match((await client.echo(url)).pod, /^web-/), 60);
    await eventually(async () => assert.equal((await ask(traffic(), caller, webUrl)).status, 200));
  });

  // mTLS is permissive: without the policies they would get 200.
  it("gives no answer to pods outside of the mesh, but metrics", async () => {
    const address = await addressOfWeb();
    const { error } = await ask(traffic(), outsider, `http://${address}:8080/`);
    assert.equal(error, "ETIMEDOUT");
    assert.equal((await ask(traffic(), outsider, `http://${address}:15020/stats/prometheus`)).status, 200);
  });

  it("reaches outside of it only whom the namespace allows", async () => {
    const outside = createServer((_, response) => response.end("outside"));
    await new Promise<void>((resolve) => outside.listen(80, addresses.outside, resolve));
    try {
      assert.equal((await ask(traffic(), caller, outsideUrl)).error, "ETIMEDOUT");
      await change({ namespaces: { shop: { allowedPeers: { partner } } } });
      await eventually(async () => assert.equal((await ask(traffic(), caller, outsideUrl)).body, "outside"));
    } finally {
      outside.close();
    }
  });

  it("gets credentials of AWS from the agent on the node, with registry-only too", async () => {
    const { testEnv, vpc } = traffic();
    const [logs, pids] = [join(testEnv.folder, "logs"), join(testEnv.folder, "pids")];
    const agents = await startPodIdentityAgents({ nodes: vpc.nodes, logs, pids });
    try {
      const credentials = async () =>
        assert.equal((await ask(traffic(), caller, `http://${podIdentityAddress}/`)).body, "credentials");
      await eventually(credentials);
      await change({ more: { egress: { policy: "registry-only" } } });
      await eventually(async () => assert.equal((await ask(traffic(), caller, outsideUrl)).status, 502));
      await eventually(credentials);
    } finally {
      await agents.stop();
    }
  });

  it("starts pods, whose probes pass", async () => {
    await deploy(traffic().testEnv, { ...web, version: "v2" });
    await eventually(async () => assert.equal((await client.echo(url)).version, "v2"), 60);
  });

  it("is destroyed", async () => {
    succeeded(await stack.destroy());
  });
});
