import assert from "node:assert/strict";
import { istioVersion, olderIstioVersion } from "../live/build/parts";
import { Stack } from "../live/engine/stack";
import { eventually, succeeded } from "../live/trial";
import { apply, deploy, kubectl, podNames, rolledOut } from "./applications";
import { Client } from "./client/client";
import { losesNothing } from "./client/load";
import { host, routes, sidecarsBehindNlb } from "./meshes";
import { describeTraffic } from "./scenario-tier";

/** Pods of the application answer until nobody sends them requests any more, as they should in any cluster. */
const web = { name: "web", namespace: "shop", replicas: 2, stopSeconds: 5 };
const beta = { ...web, name: "beta", replicas: 1 };
const perSecond = 50;
const resources = { resources: { requests: { cpu: "50m" } } };
const istiod = ["deployment/istiod", "--namespace=istio-system"];

const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: web.name, namespace: web.namespace },
  spec: { minAvailable: 1, selector: { matchLabels: { app: web.name } } },
};

/** Routes and policies that follow each other while requests go on. */
const toWeb = { host, service: web.name, namespace: web.namespace, port: 8080 };
const toBeta = { ...toWeb, service: beta.name };
const steps: readonly { readonly routes: readonly object[]; readonly security?: object }[] = [
  {
    routes: [
      { ...toWeb, weight: 50 },
      { ...toBeta, weight: 50 },
    ],
  },
  {
    routes: [
      { ...toWeb, weight: 90 },
      { ...toBeta, weight: 10 },
      { ...toBeta, path: "/new" },
    ],
  },
  { routes },
  { routes, security: { mtls: "strict" } },
];

interface Deployment {
  readonly status: { readonly replicas?: number };
}

describeTraffic("a mesh that changes under load", (traffic) => {
  let stack: Stack;
  let client: Client;
  let url = "";
  let gateway = { name: "", namespace: "" };

  const mesh = (version: string, more: object = {}, step: (typeof steps)[number] = { routes }) => {
    const { istio, ingress, ...others } = sidecarsBehindNlb(traffic().testEnv) as {
      readonly istio: object;
      readonly ingress: object;
    };
    const sized = { minReplicas: 2, maxReplicas: 3, drainSeconds: 20, ...more };
    const security = step.security === undefined ? {} : { security: step.security };
    return {
      ...{ ...others, ...security, istio: { ...istio, version } },
      ingress: { ...ingress, routes: step.routes, gateway: sized },
    };
  };

  /** Fails if one of the requests failed that were sent while this happened. */
  const underLoad = (change: () => Promise<unknown>) => losesNothing({ client, url, perSecond }, change);

  /** Out and in as the autoscaler does it, which has no metrics here. */
  const scale = async (replicas: number) => {
    const place = `--namespace=${gateway.namespace}`;
    await kubectl(traffic().testEnv, ["scale", `deployment/${gateway.name}`, place, `--replicas=${replicas}`]);
    await rolledOut(traffic().testEnv, gateway.name, gateway.namespace);
    // Pods that end count until they are gone.
    await eventually(
      async () => assert.equal((await podNames(traffic().testEnv, gateway.namespace)).length, replicas),
      120,
    );
  };

  it("comes up", async () => {
    const { testEnv } = traffic();
    client = new Client(traffic());
    stack = await Stack.create(testEnv, "changes", mesh(olderIstioVersion));
    succeeded(await stack.up());
    const outputs = await stack.outputs();
    url = String(outputs["url"]);
    const namespace = String(outputs["ingressNamespace"]);
    const names = await kubectl(testEnv, ["get", "deployments", `--namespace=${namespace}`, "--output=name"]);
    gateway = { name: names.trim().replace(/^.*\//, ""), namespace };
    await deploy(testEnv, web);
    await apply(testEnv, "budget", [budget]);
    await eventually(async () => assert.match((await client.echo(url)).pod, /^web-/), 60);
  });

  it("loses no request while the gateway scales out and in", async () => {
    await underLoad(async () => {
      await scale(3);
      await scale(2);
    });
  });

  // Seen red with `drainSeconds: 1` and the label of readiness gates misspelt: 36 of 240 requests were reset.
  it("loses no request while a node of the gateway is drained", async () => {
    const { testEnv } = traffic();
    const place = [`--namespace=${gateway.namespace}`, "--output=jsonpath={.items[*].spec.nodeName}"];
    const nodes = async () => (await kubectl(testEnv, ["get", "pods", ...place])).split(" ");
    const [node = ""] = await nodes();
    await underLoad(async () => {
      await kubectl(testEnv, ["drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=240s"]);
      await rolledOut(testEnv, gateway.name, gateway.namespace);
      assert.ok(!(await nodes()).includes(node));
      await kubectl(testEnv, ["uncordon", node]);
    });
  });

  it("loses no request while there is no istiod, and once there is one again", async () => {
    const { testEnv } = traffic();
    const running = async () => {
      const found = JSON.parse(await kubectl(testEnv, ["get", ...istiod, "--output=json"])) as Deployment;
      return found.status.replicas ?? 0;
    };
    await underLoad(async () => {
      const before = await running();
      await kubectl(testEnv, ["scale", ...istiod, "--replicas=0"]);
      await eventually(async () => assert.equal(await running(), 0));
      await new Promise((resolve) => setTimeout(resolve, 5000));
      await kubectl(testEnv, ["scale", ...istiod, `--replicas=${before}`]);
      await rolledOut(testEnv, "istiod", "istio-system");
    });
  });

  it("loses no request while Istio is upgraded in place and the gateway gets other resources", async () => {
    const before = await podNames(traffic().testEnv, gateway.namespace);
    await underLoad(async () => {
      stack.configure(mesh(istioVersion, resources));
      succeeded(await stack.up());
      await eventually(async () => {
        const there = await podNames(traffic().testEnv, gateway.namespace);
        assert.deepEqual(
          there.filter((name) => before.includes(name)),
          [],
        );
      }, 180);
    });
  });

  it("loses no request while weights and routes change, and mTLS becomes strict", async () => {
    await deploy(traffic().testEnv, beta);
    await underLoad(async () => {
      for (const step of steps) {
        stack.configure(mesh(istioVersion, resources, step));
        succeeded(await stack.up());
      }
    });
  });

  it("is destroyed", async () => {
    succeeded(await stack.destroy());
  });
});
