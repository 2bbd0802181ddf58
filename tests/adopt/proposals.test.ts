import assert from "node:assert/strict";
import { adoption } from "../../cli/adopt/adoption";
import { stepsOf } from "../../cli/adopt/takeover/commands";
import { refused } from "../../cli/check/facts";
import { gatewayRelease, helmCluster, istiod, type Parts, release } from "../support/helm-cluster";
import { inventoryOf } from "../support/inventory";
import { planOf } from "../support/plans";

const adopt = (parts: Parts) => adoption(helmCluster({ services: [], balancers: [], ...parts }));
const root = { namespace: "istio-system" };
const telemetry = (spec: object) => ({
  configuration: {
    Telemetry: [{ apiVersion: "telemetry.istio.io/v1", metadata: { name: "mesh-default", ...root }, spec }],
  },
});
const istiodWith = (values: object) => ({ releases: [release("istiod", "istiod", { values: { ...values } })] });

describe("Members are taken over only where their plan is what is there", () => {
  it("access logs as Istio's documentation turns them on", () => {
    const { args } = adopt(telemetry({ accessLogging: [{ providers: [{ name: "envoy" }] }] }));
    assert.deepEqual(args["telemetry"], { accessLogs: "text" });
  });

  it("no access logs with a filter, of other providers, of one namespace, or beside older words for them", () => {
    const filter = { expression: "response.code >= 400" };
    for (const parts of [
      telemetry({ accessLogging: [{ providers: [{ name: "envoy" }], filter }] }),
      telemetry({ accessLogging: [{ providers: [{ name: "otel" }] }] }),
      telemetry({ accessLogging: [{ providers: [{ name: "envoy" }, { name: "otel" }] }] }),
      telemetry({
        accessLogging: [{ providers: [{ name: "envoy" }] }],
        tracing: [{ providers: [{ name: "zipkin" }] }],
      }),
      {
        ...telemetry({ accessLogging: [{ providers: [{ name: "envoy" }] }] }),
        ...istiodWith({ meshConfig: { accessLogFile: "/dev/stdout" } }),
      },
    ]) {
      assert.equal(adopt(parts).args["telemetry"], undefined, JSON.stringify(parts));
    }
  });

  it("no tags that may be secrets", () => {
    const provider = { name: "istio-eks-tracing", opentelemetry: { service: "c.o.svc.cluster.local", port: 4317 } };
    const meshConfig = {
      extensionProviders: [
        { ...provider, opentelemetry: { ...provider.opentelemetry, resourceDetectors: { environment: {} } } },
      ],
    };
    const traced = (name: string) =>
      adopt({
        ...telemetry({
          tracing: [
            {
              providers: [{ name: "istio-eks-tracing" }],
              randomSamplingPercentage: 1,
              customTags: { [name]: { literal: { value: "x" } } },
            },
          ],
        }),
        ...istiodWith({ meshConfig }),
      });
    assert.ok(Object.hasOwn(traced("stage").args, "telemetry"));
    const { args } = traced("api_token");
    assert.equal(args["telemetry"], undefined);
  });

  it("the Secret cacerts by its name, and not where something else signs", () => {
    const authorities = [{ metadata: { name: "cacerts", ...root } }];
    assert.deepEqual(adopt({ authorities }).args["security"], { certificateAuthority: { secretName: "cacerts" } });
    const elsewhere = [{ metadata: { name: "cacerts", namespace: "other" } }];
    assert.equal(adopt({ authorities: elsewhere }).args["security"], undefined);
    const { args, notes } = adopt({ authorities, ...istiodWith({ env: { EXTERNAL_CA: "ISTIOD_RA_KUBERNETES_API" } }) });
    assert.equal(args["security"], undefined, "istiod would sign in place of the one that signs now");
    assert.ok(JSON.stringify(args).includes("EXTERNAL_CA"), "a value got lost");
    assert.ok(!notes.some(({ subject }) => subject.includes("EXTERNAL_CA")));
  });

  it("a denial of everything only with all that is allowed beside it", async () => {
    const { resources } = await planOf({
      ...{ mode: "ambient", cluster: { name: "prod" }, istio: { version: "1.30.4" } },
      security: { defaultDeny: true },
    });
    const inventory = inventoryOf(resources);
    assert.equal((adoption(inventory).args["security"] as Record<string, unknown>)["defaultDeny"], true);
    const { configuration } = inventory.kubernetes;
    const policies = configuration.AuthorizationPolicy;
    assert.ok(policies.known);
    const changed = policies.answer.map((policy) => ({ ...policy, spec: { action: "DENY", rules: [{}] } }));
    for (const answer of [policies.answer.slice(1), changed]) {
      const kubernetes = {
        ...inventory.kubernetes,
        configuration: { ...configuration, AuthorizationPolicy: { known: true as const, answer } },
      };
      assert.equal(adoption({ ...inventory, kubernetes }).args["security"], undefined);
    }
  });

  it("no namespace that is not in the mesh, and no NetworkPolicies of others", () => {
    const policy = (name: string) => ({ apiVersion: "x/v1", metadata: { name, namespace: "shop" }, spec: {} });
    const spec = { selector: { matchLabels: { app: "a" } }, portLevelMtls: { 80: { mode: "PERMISSIVE" } } };
    const { args } = adopt({
      peerAuthentications: [{ ...policy("plaintext-a"), apiVersion: "security.istio.io/v1", spec }],
      configuration: { NetworkPolicy: [policy("deny-all")] },
    });
    assert.deepEqual([args["namespaces"], args["security"]], [undefined, undefined]);
  });

  it("no NetworkPolicies where no namespace is enrolled, and plaintext ports only where ports are named", () => {
    const networkPolicy = { apiVersion: "networking.k8s.io/v1", metadata: { name: "istio-mesh", namespace: "shop" } };
    assert.equal(adopt({ configuration: { NetworkPolicy: [networkPolicy] } }).args["namespaces"], undefined);
    const { args } = adopt({
      namespaces: [{ metadata: { name: "shop", labels: { "istio-injection": "enabled" } } }],
      peerAuthentications: [
        {
          apiVersion: "security.istio.io/v1",
          metadata: { name: "plaintext-a", namespace: "shop" },
          spec: { selector: { matchLabels: { app: "a" } } },
        },
      ],
    });
    assert.ok(!JSON.stringify(args).includes("plaintextPorts"));
  });

  it("strict mTLS of the mesh where its root namespace is another one", () => {
    const strict = (namespace: string) => ({
      ...istiodWith({ meshConfig: { rootNamespace: "mesh-root" } }),
      peerAuthentications: [
        {
          apiVersion: "security.istio.io/v1",
          metadata: { name: "default", namespace },
          spec: { mtls: { mode: "STRICT" } },
        },
      ],
    });
    assert.deepEqual(adopt(strict("mesh-root")).args["security"], { mtls: "strict" });
    assert.equal(adopt(strict("istio-system")).args["security"], undefined);
  });

  it("nothing that could not be read, and what the first up would find there is not called new", () => {
    const no = refused({
      party: "cluster",
      reason: "forbidden",
      question: "kubectl get telemetries",
      message: "not you",
    });
    const { args, notes, unread } = adopt({ configuration: { Telemetry: no }, gateways: no });
    assert.equal(args["telemetry"], undefined);
    assert.deepEqual(unread, ["Gateway", "Telemetry"]);
    assert.equal(notes.filter(({ kind }) => kind === "unknown").length, 2);
  });

  it("what the API server writes by itself makes no difference", async () => {
    const routes = [{ host: "a.example.com", service: "web", namespace: "shop", port: 80 }];
    const ingress = { strategy: "nlb", hostnames: ["a.example.com"], routes };
    const mesh = { mode: "ambient", cluster: { name: "prod" }, istio: { version: "1.30.4" }, ingress };
    const inventory = inventoryOf((await planOf(mesh)).resources);
    const { configuration } = inventory.kubernetes;
    const list = configuration.HTTPRoute;
    assert.ok(list.known);
    const written = (extra: object) =>
      list.answer.map((route) => {
        const text = JSON.stringify(route).replaceAll(
          '"name":"web"',
          `"name":"web",${JSON.stringify(extra).slice(1, -1)}`,
        );
        return JSON.parse(text) as typeof route;
      });
    const routesWith = (extra: object) => {
      const kubernetes = {
        ...inventory.kubernetes,
        configuration: { ...configuration, HTTPRoute: { known: true as const, answer: written(extra) } },
      };
      const { args } = adoption({ ...inventory, kubernetes });
      return (args["ingress"] as Record<string, unknown>)["routes"];
    };
    assert.equal((routesWith({ group: "", kind: "Service" }) as unknown[]).length, 1);
    assert.equal(routesWith({ filters: [{ type: "RequestMirror" }] }), undefined);
  });
});

describe("Add-ons that are there", () => {
  it("have no password in any file", async () => {
    const addons = { prometheus: {}, grafana: { values: { adminPassword: "s3cr3t" } } };
    const mesh = { mode: "sidecar", cluster: { name: "prod" }, istio: { version: "1.30.4" }, addons };
    const adopted = adoption(inventoryOf((await planOf(mesh)).resources));
    assert.ok(!JSON.stringify(adopted.args).includes("s3cr3t"));
    assert.deepEqual(Object.keys(adopted.args["addons"] as object), ["prometheus", "grafana"]);
    assert.deepEqual(adopted.secrets, [["addons", "grafana", "values", "adminPassword"]]);
    const commands = stepsOf(adopted, { stack: "prod", imports: [] }).flatMap((step) => step.commands);
    assert.ok(
      commands.some((line) =>
        /v1\.grafana\.v1 .*\["adminPassword"\].*mesh\.addons\.grafana\.values\.adminPassword/.test(line),
      ),
      commands.join("\n"),
    );
  });

  it("stay with who made them where the mesh would give them other values, or Helm has not finished", () => {
    const rest = { ...root, version: "29.27.0" };
    for (const one of [
      release("prometheus", "prometheus", rest),
      release("kiali-server", "kiali", rest),
      release("prometheus", "prometheus", { ...rest, status: "failed" }),
      release("kiali-server", "kiali", {
        ...rest,
        values: { external_services: { prometheus: { url: "http://p:9090" } } },
      }),
    ]) {
      const { args } = adopt({ releases: [release("istiod", "istiod"), one], istiods: [istiod()] });
      assert.equal(args["addons"], undefined, one.name);
    }
    assert.equal(adopt({ releases: [release("istiod", "istiod"), gatewayRelease] }).args["addons"], undefined);
  });
});
