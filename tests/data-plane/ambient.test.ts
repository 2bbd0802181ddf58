import assert from "node:assert/strict";
import { Stack } from "../live/engine/stack";
import { eventually, report, succeeded } from "../live/trial";
import { apply, ask, deploy, kubectl, podAddresses } from "./applications";
import { Client } from "./client/client";
import { Load } from "./client/load";
import { type MeshOptions, ambientBehindNlb } from "./meshes";
import { WireCounter } from "./network/wire";
import { describeAmbient } from "./scenario-tier";
import { type Connection, connectionsOf } from "./ztunnel";

const web = { name: "web", namespace: "shop", replicas: 2 };
const caller = { name: "caller", namespace: "shop" };
const outsider = { name: "outsider", namespace: "legacy" };
const webUrl = "http://web.shop.svc.cluster.local:8080/";
/** Port of HBONE. */
const hbone = "15008";
const perSecond = 50;
const ztunnels = ["daemonset/ztunnel", "--namespace=istio-system"];

/** Nobody of that namespace may reach the application: the identity says so, which only mTLS brings. */
const refusal = {
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "refusal", namespace: web.namespace },
  spec: {
    selector: { matchLabels: { app: web.name } },
    action: "DENY",
    rules: [{ from: [{ source: { namespaces: [outsider.namespace] } }] }],
  },
};

function identityOf(namespace: string, account: string): string {
  return `spiffe://cluster.local/ns/${namespace}/sa/${account}`;
}

describeAmbient("ambient mode behind an NLB", (traffic) => {
  let stack: Stack;
  let client: Client;
  let url = "";
  let gateway = { namespace: "", account: "" };
  let fromGateway: WireCounter;

  const mesh = (options: MeshOptions = {}) => ambientBehindNlb(traffic().testEnv, options);
  const change = async (options: MeshOptions) => {
    stack.configure(mesh(options));
    succeeded(await stack.up());
  };
  const addressesOfWeb = async () => podAddresses(traffic().testEnv, web.name, web.namespace);

  /** Ztunnels tell of a connection when it has ended. */
  const toldOf = async (wanted: Connection) =>
    eventually(async () => {
      const found = connectionsOf(traffic()).some((connection) =>
        Object.entries(wanted).every(([field, value]) => connection[field as keyof Connection] === value),
      );
      assert.ok(found, `no ztunnel has told of ${JSON.stringify(wanted)}`);
      return Promise.resolve();
    }, 60);

  /** Connections that reached the application's pods meanwhile, by port. */
  const connectionsDuring = async (action: () => Promise<unknown>) => {
    const counter = await WireCounter.start([...traffic().vpc.nodes.values()]);
    try {
      await action();
      return await counter.to(await addressesOfWeb());
    } finally {
      await counter.stop();
    }
  };

  it("answers at the printed URL", async () => {
    const { testEnv } = traffic();
    client = new Client(traffic());
    stack = await Stack.create(testEnv, "ambient-nlb", mesh());
    const { seconds } = succeeded(await stack.up());
    const outputs = await stack.outputs();
    url = String(outputs["url"]);
    const namespace = String(outputs["ingressNamespace"]);
    const accounts = [`--namespace=${namespace}`, "--output=jsonpath={.items[0].spec.serviceAccountName}"];
    gateway = { namespace, account: await kubectl(testEnv, ["get", "pods", ...accounts]) };
    await kubectl(testEnv, ["create", "namespace", outsider.namespace]);
    await Promise.all([web, caller, outsider].map(async (application) => deploy(testEnv, application)));
    fromGateway = await WireCounter.start([...traffic().vpc.nodes.values()]);
    const start = Date.now();
    await eventually(async () => assert.match((await client.echo(url)).pod, /^web-/), 60);
    report(`up in ${Math.round(seconds)} s; the first answer ${Date.now() - start} ms after the application was ready`);
  });

  // Seen red from a namespace that is not enrolled: a connection to 8080, and no identity.
  it("leads from the gateway to the application by HBONE, with the gateway's identity", async () => {
    assert.deepEqual(Object.keys(await fromGateway.to(await addressesOfWeb())), [hbone]);
    await fromGateway.stop();
    await toldOf({ direction: "inbound", "src.identity": identityOf(gateway.namespace, gateway.account) });
  });

  it("leads from pod to pod by HBONE, with the identity of who asks", async () => {
    const found = await connectionsDuring(async () => {
      for (let sent = 0; sent < 5; sent++) assert.equal((await ask(traffic(), caller, webUrl)).status, 200);
    });
    assert.deepEqual(Object.keys(found), [hbone]);
    const identity = identityOf(caller.namespace, "default");
    for (const direction of ["outbound", "inbound"]) await toldOf({ direction, "src.identity": identity });
  });

  it("is reached in plain text by pods outside of it", async () => {
    const found = await connectionsDuring(async () =>
      assert.equal((await ask(traffic(), outsider, webUrl)).status, 200),
    );
    assert.deepEqual(Object.keys(found), ["8080"]);
  });

  // Seen red without the PeerAuthentication: 200.
  it("refuses plain text where mTLS is strict, and still answers the gateway and its own pods", async () => {
    await change({ more: { security: { mtls: "strict" } } });
    await eventually(async () => assert.equal((await ask(traffic(), outsider, webUrl)).error, "ECONNRESET"));
    assert.equal((await ask(traffic(), caller, webUrl)).status, 200);
    assert.equal((await client.get(url)).status, 200);
  });

  // Seen red with a probe from elsewhere than the pod's node: the connection is reset.
  it("starts pods, whose probes pass where mTLS is strict", async () => {
    await deploy(traffic().testEnv, { ...web, version: "v2" });
    await eventually(async () => assert.equal((await client.echo(url)).version, "v2"), 60);
  });

  // Seen red without the label: the connection is reset.
  it("takes in pods that run already", async () => {
    const { testEnv } = traffic();
    const before = await podAddresses(testEnv, outsider.name, outsider.namespace);
    await kubectl(testEnv, ["label", "namespace", outsider.namespace, "istio.io/dataplane-mode=ambient"]);
    await eventually(async () => assert.equal((await ask(traffic(), outsider, webUrl)).status, 200));
    assert.deepEqual(await podAddresses(testEnv, outsider.name, outsider.namespace), before);
    await toldOf({ direction: "inbound", "src.identity": identityOf(outsider.namespace, "default") });
  });

  // Seen red without the policy: 200.
  it("refuses whom an AuthorizationPolicy refuses by identity", async () => {
    await apply(traffic().testEnv, "refusal", [refusal]);
    await eventually(async () => assert.equal((await ask(traffic(), outsider, webUrl)).error, "ECONNRESET"));
    assert.equal((await ask(traffic(), caller, webUrl)).status, 200);
    assert.equal((await client.get(url)).status, 200);
  });

  // Without it: 200, as the test before this one asserts.
  it("refuses by default what nothing allows, and answers the gateway whose route leads there", async () => {
    await change({ more: { security: { mtls: "strict", defaultDeny: true } } });
    await eventually(async () => assert.equal((await ask(traffic(), caller, webUrl)).error, "ECONNRESET"));
    assert.equal((await client.get(url)).status, 200);
  });

  // What is lost is Istio's affair, and is only counted.
  it("answers again after its ztunnels have been replaced under load", async () => {
    const { testEnv } = traffic();
    const load = new Load(client, url, perSecond);
    await kubectl(testEnv, ["rollout", "restart", ...ztunnels]);
    await kubectl(testEnv, ["rollout", "status", ...ztunnels, "--timeout=480s"]);
    // The old ones end connections after their grace period.
    await new Promise((resolve) => setTimeout(resolve, 40_000));
    const { sent, failures, slowestMilliseconds } = await load.stop();
    const lost = Object.values(failures).reduce((sum, count) => sum + count, 0);
    report(`${sent} requests while ztunnels were replaced, ${lost} failed: ${JSON.stringify(failures)}`);
    report(`the slowest took ${slowestMilliseconds} ms`);
    const after = new Load(client, url, perSecond);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    assert.deepEqual((await after.stop()).failures, {});
  });

  it("is destroyed", async () => {
    succeeded(await stack.destroy());
  });
});
