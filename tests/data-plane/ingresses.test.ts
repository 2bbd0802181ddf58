import assert from "node:assert/strict";
import { Stack } from "../live/engine/stack";
import { eventually, report, succeeded } from "../live/trial";
import { deploy, kubectl, podNames, rolledOut } from "./applications";
import { Client } from "./client/client";
import { losesNothing } from "./client/load";
import { sidecarsBehindNlb } from "./meshes";
import { addresses } from "./network/vpc";
import { describeTraffic } from "./scenario-tier";

const web = { name: "web", namespace: "shop" };
const perSecond = 50;

/** Whose address stands last in X-Forwarded-For, as docs/client-address.md says. */
type LastAddress = "client" | "load balancer" | "node";

interface Row {
  readonly ingress: object;
  readonly last: LastAddress;
}

/** One load balancer of each kind, with both kinds of routing among them. */
const rows: Readonly<Record<string, Row>> = {
  alb: { ingress: { strategy: "alb", routing: "gateway-api" }, last: "node" },
  "alb-chart": { ingress: { strategy: "alb", routing: "istio" }, last: "node" },
  pods: { ingress: { strategy: "nlb", routing: "gateway-api" }, last: "load balancer" },
  nodes: { ingress: { strategy: "nlb", routing: "istio", nlb: { targetType: "instance" } }, last: "node" },
  kept: { ingress: { strategy: "nlb", routing: "istio", nlb: { preserveClientIp: true } }, last: "client" },
  proxied: { ingress: { strategy: "nlb", routing: "gateway-api", nlb: { proxyProtocol: true } }, last: "client" },
};

const hostOf = (name: string) => `${name}.example.com`;

function ingressOf(name: string, { ingress }: Row): object {
  const host = hostOf(name);
  return {
    scheme: "internet-facing",
    hostnames: [host],
    dns: { zoneName: "example.com" },
    tls: { requestCertificate: true },
    // Seen red with 5 seconds, as long as an NLB sends connections to targets that are gone: 4 of 1463 requests were reset.
    gateway: { minReplicas: 1, maxReplicas: 1, drainSeconds: 20 },
    routes: [{ host, service: web.name, namespace: web.namespace, port: 8080 }],
    ...ingress,
  };
}

describeTraffic("load balancers of every kind before gateways of their own", (traffic) => {
  let stack: Stack;
  let client: Client;

  it("come up, and each answers at its name", async () => {
    const { testEnv } = traffic();
    client = new Client(traffic());
    const mesh = {
      ...sidecarsBehindNlb(testEnv),
      gatewayApi: { manifest: testEnv.repository.gatewayApiManifest },
      ingress: undefined,
      additionalIngresses: Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, ingressOf(name, row)])),
    };
    stack = await Stack.create(testEnv, "ingresses", mesh);
    report(`up in ${Math.round(succeeded(await stack.up()).seconds)} s`);
    await deploy(testEnv, { ...web, replicas: 2 });
    for (const name of Object.keys(rows)) {
      await eventually(async () => assert.match((await client.echo(`https://${hostOf(name)}`)).pod, /^web-/, name), 60);
    }
  });

  for (const [name, { ingress, last }] of Object.entries(rows)) {
    it(`report the client and the scheme as the documentation says: ${JSON.stringify(ingress)}`, async () => {
      const { headers } = await client.echo(`https://${hostOf(name)}`);
      assert.equal(headers["x-forwarded-proto"], "https");
      const address = String(headers["x-forwarded-for"]).split(",").at(-1)?.trim() ?? "";
      assert.equal(await ownerOf(address, hostOf(name)), last, address);
    });

    it(`redirect from port 80: ${JSON.stringify(ingress)}`, async () => {
      const { status, headers } = await client.get(`http://${hostOf(name)}/cart`);
      // An ALB writes the port of HTTPS too.
      const { href } = new URL(String(headers["location"]));
      assert.deepEqual([status, href], [301, `https://${hostOf(name)}/cart`]);
    });
  }

  for (const name of ["alb", "pods"]) {
    it(`lose no request while the gateway "${name}" of the Gateway API is replaced`, async () => {
      const { testEnv } = traffic();
      const namespace = String((await stack.outputs())["ingressNamespace"]);
      const before = (await podNames(testEnv, namespace)).filter((pod) => pod.startsWith(`${name}-istio-`));
      assert.equal(before.length > 0, true);
      await losesNothing({ client, url: `https://${hostOf(name)}`, perSecond }, async () => {
        await kubectl(testEnv, ["rollout", "restart", `deployment/${name}-istio`, `--namespace=${namespace}`]);
        await rolledOut(testEnv, `${name}-istio`, namespace);
        await eventually(async () => {
          const there = await podNames(testEnv, namespace);
          assert.deepEqual(
            there.filter((pod) => before.includes(pod)),
            [],
          );
        }, 180);
      });
    });
  }

  it("are destroyed", async () => {
    succeeded(await stack.destroy());
  });

  async function ownerOf(address: string, host: string): Promise<LastAddress | undefined> {
    const balancer = traffic().edge.addressesOf((await client.aliasOf(host)) ?? "")?.inVpc;
    if (address === balancer) return "load balancer";
    if (address === addresses.client) return "client";
    return traffic().testEnv.account.machines.some((machine) => machine.address === address) ? "node" : undefined;
  }
});
