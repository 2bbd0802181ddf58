import assert from "node:assert/strict";
import type { Stack } from "./engine/stack";
import { meshOf } from "./meshes";
import { type Trial, describeTrial, eventually, failed, noChange, succeeded } from "./trial";

const host = "app.example.com";

/** A tenth of the requests for the cart goes to its next version. */
function routes(next: number): readonly object[] {
  return [
    { host, service: "web", namespace: "shop", port: 8080 },
    { host, path: "/cart", service: "cart", namespace: "shop", port: 8080, weight: 100 - next },
    { host, path: "/cart", service: "cart", namespace: "shop-next", port: 8080, weight: next },
  ];
}

async function makeServices(trial: Trial): Promise<void> {
  const services = [
    ["web", "shop"],
    ["cart", "shop"],
    ["cart", "shop-next"],
  ] as const;
  for (const [name, namespace] of services) {
    await trial.kubectl(["create", "service", "clusterip", name, `--namespace=${namespace}`, "--tcp=8080"]);
  }
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

describeTrial("routes, waypoints and policies in ambient mode", (trial) => {
  let stack: Stack;
  const mesh = (next: number, more: object = {}) => {
    const whole = meshOf(trial.testEnv, { mode: "ambient", strategy: "nlb" });
    return {
      ...whole,
      ingress: { ...(whole["ingress"] as object), routes: routes(next) },
      namespaces: { shop: { waypoint: true }, "shop-next": {} },
      ...more,
    };
  };

  it("come up, and istiod takes every route and runs the waypoint", async () => {
    stack = await trial.stack("traffic-ambient", mesh(10));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    await makeServices(trial);
    await eventually(async () => assert.deepEqual(await wrongRoutes(trial), []));
    const { metadata } = await trial.testEnv.cluster.client.get<{ metadata: { labels: Record<string, string> } }>(
      "/api/v1/namespaces/shop",
    );
    assert.equal(metadata.labels["istio.io/use-waypoint"], "waypoint");
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("are no routes of which ExternalDNS makes records", async () => {
    assert.deepEqual(await trial.externalDnsRecords(["service", "gateway-httproute"]), []);
  });

  it("send more to the next version by a change of one object", async () => {
    stack.configure(mesh(50));
    const run = succeeded(await stack.up());
    assert.match(run.output, /1 updated/);
    await trial.isAsPlanned(stack);
  });

  it("become strict", async () => {
    stack.configure(mesh(50, { security: { mtls: "strict" } }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    succeeded(await stack.up(noChange));
  });

  it("lose the waypoint, and the namespace is no longer led to it", async () => {
    stack.configure(mesh(50, { namespaces: { shop: {}, "shop-next": {} } }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    const { metadata } = await trial.testEnv.cluster.client.get<{ metadata: { labels: Record<string, string> } }>(
      "/api/v1/namespaces/shop",
    );
    assert.equal(metadata.labels["istio.io/use-waypoint"], undefined);
  });

  it("are destroyed, and nothing is left", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });
});

/** What istiod finds wrong with routes. */
async function wrongRoutes({ testEnv }: Trial): Promise<readonly string[]> {
  const all = await testEnv.cluster.client.list<Route>("/apis/gateway.networking.k8s.io/v1/httproutes");
  assert.ok(all.length > 0);
  return all.flatMap(({ metadata: { name }, status }) => {
    const conditions = status?.parents?.flatMap((parent) => parent.conditions) ?? [];
    if (conditions.length === 0) return [`${name}: nobody has looked at it`];
    return conditions.filter((one) => one.status !== "True").map(({ type, message }) => `${name}: ${type} ${message}`);
  });
}

describeTrial("routes and policies in sidecar mode", (trial) => {
  let stack: Stack;
  const mesh = (more: object = {}) => {
    const whole = meshOf(trial.testEnv, { mode: "sidecar", strategy: "alb" });
    return {
      ...whole,
      ingress: { ...(whole["ingress"] as object), routes: routes(10) },
      namespaces: { shop: {}, "shop-next": {} },
      ...more,
    };
  };

  it("come up strict, with an exception", async () => {
    const plaintextPorts = { metrics: { selector: { app: "shop" }, ports: [9090] } };
    const namespaces = { shop: { plaintextPorts }, "shop-next": { mtls: "permissive" } };
    stack = await trial.stack("traffic-sidecar", mesh({ security: { mtls: "strict" }, namespaces }));
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    succeeded(await stack.up(noChange));
    succeeded(await stack.refresh(noChange));
  });

  it("are wrong in one place: nothing of it is made, and the mesh goes on as it was", async () => {
    const wrong = [{ host, service: "web", namespace: "shop", port: 8080, weight: 40 }];
    const whole = mesh() as { ingress?: object };
    stack.configure({ ...whole, ingress: { ...whole.ingress, routes: wrong } });
    failed(await stack.up(), /weight/);
  });

  it("become permissive again, and are destroyed without a trace", async () => {
    stack.configure(mesh());
    succeeded(await stack.up());
    await trial.isAsPlanned(stack);
    succeeded(await stack.destroy());
    assert.deepEqual(await trial.left(), []);
  });
});
