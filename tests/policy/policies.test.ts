import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { parse } from "yaml";
import type { IngressArgs, IstioMeshArgs } from "../../components";
import { policies } from "../../policy/policies";
import { isInternet } from "../../policy/policies/open-ports";
import { combinations } from "../support/args";
import { planScenario, scenarios } from "../support/golden";
import { planOf, planOfWholeMesh } from "../support/plans";
import { policyCalled, reportedBy, reportedByAll, type Enforcement } from "../support/policies";
import { root } from "../support/readme";
import { recordProgram } from "../support/recorded";

const sidecar: IstioMeshArgs = { mode: "sidecar", cluster: { name: "prod" } };
const publicNlb: IngressArgs = { strategy: "nlb", scheme: "internet-facing" };
const certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-0123456789ab";

/** What a policy reports of the mesh of these arguments: resource and first line of the message. */
async function reported(name: string, args: Partial<IstioMeshArgs>, enforcement: Enforcement = {}) {
  const { resources } = await planOf({ ...sidecar, ...args });
  return short(reportedBy(policyCalled(name), resources, enforcement));
}

function short(found: ReturnType<typeof reportedBy>): readonly string[] {
  return found.map(({ resource, message }) => `${resource}: ${String(message.split("\n")[0])}`);
}

/** The same of a program without the component. */
async function reportedOfProgram(name: string, program: () => void, enforcement: Enforcement = {}) {
  const { resources } = await recordProgram(program);
  return short(reportedBy(policyCalled(name), resources, enforcement));
}

const istioCharts = "https://blob.istio.io/istio-release/charts";
const release = (name: string, chart: string, rest: Readonly<Record<string, unknown>> = {}) =>
  new Release(name, { chart, namespace: "istio-system", repositoryOpts: { repo: istioCharts }, ...rest });

describe("The policy pack", () => {
  it("gives every policy a level, a schema with defaults and words, and what to do", () => {
    assert.equal(new Set(policies.map(({ name }) => name)).size, policies.length);
    for (const { name, description, enforcementLevel, remediationSteps, configSchema } of policies) {
      assert.match(name, /^istio-[a-z-]+$/);
      assert.ok(description.endsWith(".") && remediationSteps?.endsWith("."), name);
      assert.ok(enforcementLevel === "mandatory" || enforcementLevel === "advisory", name);
      const properties = Object.entries(configSchema?.properties || {});
      assert.ok(properties.length > 0, name);
      for (const [key, schema] of properties) {
        assert.ok("default" in schema, `${name}.${key} has no default`);
        assert.ok(schema.description?.endsWith("."), `${name}.${key} has no description`);
      }
    }
  });

  it("says in each message what is wrong, what is allowed and what to do", async () => {
    const plan = await planOf({ ...sidecar, ingress: { ...publicNlb, gateway: { minReplicas: 1 } } });
    const found = reportedByAll(plan.resources, { stack: "production" });
    assert.deepEqual([...new Set(found.map(({ policy }) => policy))].sort(), [
      "istio-gateway-replicas",
      "istio-mtls-strict-in-production",
      "istio-public-ingress-tls",
    ]);
    for (const { message } of found) assert.match(message, /^.+\.\n {2}allowed {2}.+\n {2}to do {4}.+$/);
  });

  it("has nothing against a whole mesh of any kind that is strict, on a production stack", async () => {
    for (const combination of combinations) {
      const { resources } = await planOfWholeMesh(combination);
      const found = reportedByAll(resources, { stack: "production" });
      assert.deepEqual(short(found), [
        "mesh-istiod: The mesh of istio-system takes plaintext in a production stack: no PeerAuthentication makes it strict.",
      ]);
    }
  });

  it("reports the examples and golden plans what they lack for a development stack, and nothing else", async () => {
    const found: string[] = [];
    for (const scenario of scenarios()) {
      const { resources } = await planScenario(scenario);
      found.push(...reportedByAll(resources).map(({ policy, resource }) => `${scenario.name}: ${policy}, ${resource}`));
    }
    assert.deepEqual(
      found.filter((line) => !line.includes(": istio-public-ingress-tls, ")),
      // Profile demo says itself that it is not for production.
      ["demo: istio-gateway-replicas, mesh-gateway-istio-egress"],
    );
    assert.ok(found.includes("sidecar-nlb: istio-public-ingress-tls, mesh-service-istio-ingress"));
    assert.ok(!found.some((line) => line.startsWith("ambient: ") || line.startsWith("sidecar-alb: ")));
  });

  it("depends on what the repository is tested with", () => {
    const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as Dependencies;
    const [own, pack] = [read("package.json"), read("policy/package.json")];
    const known = { ...own.dependencies, ...own.devDependencies };
    for (const [name, range] of Object.entries({ ...pack.dependencies, ...pack.devDependencies })) {
      assert.equal(range, known[name], name);
    }
  });

  it("is told by name in its README, with every setting", () => {
    const text = readFileSync(join(root, "policy/README.md"), "utf8");
    for (const { name, enforcementLevel, configSchema } of policies) {
      const row = text.split("\n").find((line) => line.startsWith(`| \`${name}\``));
      assert.ok(row?.includes(String(enforcementLevel)), name);
      for (const key of Object.keys(configSchema?.properties || {})) assert.ok(row?.includes(`\`${key}\``), key);
    }
    const manifest = parse(readFileSync(join(root, "policy/PulumiPolicy.yaml"), "utf8")) as { readonly main: string };
    assert.equal(manifest.main, "index.ts");
  });
});

interface Dependencies {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

describe("istio-versions-pinned", () => {
  const name = "istio-versions-pinned";

  it("takes the exact versions of every release of a mesh", async () => {
    assert.deepEqual(await reported(name, { ingress: publicNlb }), []);
    assert.deepEqual(await reported(name, {}, { config: { allowedMinors: ["1.31"] } }), []);
  });

  it("finds minors that are not allowed, the canary's too", async () => {
    const istio = { version: "1.30.4", canary: { version: "1.31.1", revision: "next" } };
    assert.deepEqual(await reported(name, { istio }, { config: { allowedMinors: ["1.30"] } }), [
      "mesh-base: The release istio-base installs Istio 1.31.1.",
      "mesh-istiod-next: The release istiod-next installs Istio 1.31.1.",
    ]);
  });

  it("finds releases that somebody made beside a mesh, without a version or with a range", async () => {
    const found = await reportedOfProgram(name, () => {
      release("none", "istiod");
      release("range", "oci://registry.example.com/istio/gateway", { version: "^1.31.0" });
      release("fine", "cni", { version: "1.31.1" });
      release("file", "./charts/istio/istiod-1.31.1.tgz");
      release("other", "nginx", { repositoryOpts: { repo: "https://charts.example.com" } });
      release("other-base", "base", { repositoryOpts: { repo: "https://charts.example.com" } });
    });
    assert.deepEqual(found, [
      "none: The release istiod has no version: what it installs changes by itself.",
      'range: The release gateway has the version "^1.31.0": what it installs changes by itself.',
    ]);
  });
});

describe("istio-versions-equal", () => {
  const name = "istio-versions-equal";
  const canary = { version: "1.30.4", canary: { version: "1.31.1", revision: "next" } };

  it("takes a mesh of one version, and one in the middle of an upgrade", async () => {
    assert.deepEqual(await reported(name, { ingress: publicNlb }), []);
    assert.deepEqual(await reported(name, { istio: canary, ingress: publicNlb, mode: "ambient" }), []);
    assert.deepEqual(await reported(name, { istio: { profile: "empty" } }), []);
  });

  it("finds versions that lie too far apart", async () => {
    assert.deepEqual(await reported(name, { istio: canary }, { config: { canaryMinorsApart: 0 } }), [
      "mesh-istiod: The release istiod is 1.30.4, 1 minors behind 1.31.1.",
    ]);
  });

  it("finds releases that follow none of the control planes, old definitions and control planes without names", async () => {
    const found = await reportedOfProgram(name, () => {
      release("base", "base", { version: "1.30.4" });
      release("istiod", "istiod", { version: "1.31.1" });
      release("second", "istiod", { version: "1.30.4" });
      release("ztunnel", "ztunnel", { version: "1.29.6" });
      release("unpinned", "gateway");
    });
    assert.deepEqual(found, [
      "base: The release base is 1.30.4, but the control plane is 1.31.1 and 1.30.4.",
      "istiod: The release istiod has the same revision as another control plane: none.",
      "second: The release istiod has the same revision as another control plane: none.",
      "ztunnel: The release ztunnel is 1.29.6, but the control plane is 1.31.1 and 1.30.4.",
    ]);
  });

  it("compares gateways where the control plane is someone else's, and nothing where there is nothing", async () => {
    const gateways = (...versions: string[]) =>
      reportedOfProgram(name, () => versions.forEach((version, index) => release(`g${index}`, "gateway", { version })));
    assert.deepEqual(await gateways("1.31.1", "1.31.1"), []);
    assert.deepEqual(await gateways("1.31.1", "1.30.4"), [
      "g1: The release gateway is 1.30.4, but the control plane is 1.31.1.",
    ]);
    assert.deepEqual(await gateways(), []);
  });

  it("leaves what has no version to the policy of pinned versions", async () => {
    assert.deepEqual(await reportedOfProgram(name, () => release("unpinned", "istiod")), []);
  });

  it("names the revision that two control planes share", async () => {
    const blue = { version: "1.31.1", values: { revision: "blue" } };
    const found = await reportedOfProgram(name, () => {
      release("istiod", "istiod", blue);
      release("second", "istiod", blue);
    });
    assert.deepEqual(found, [
      "istiod: The release istiod has the same revision as another control plane: blue.",
      "second: The release istiod has the same revision as another control plane: blue.",
    ]);
  });
});

describe("istio-mtls-strict-in-production", () => {
  const name = "istio-mtls-strict-in-production";
  const production = { stack: "acme-prod" };
  const notStrict =
    "mesh-istiod: The mesh of istio-system takes plaintext in a production stack: no PeerAuthentication makes it strict.";

  it("takes a strict mesh", async () => {
    assert.deepEqual(await reported(name, { security: { mtls: "strict" } }, production), []);
  });

  it("finds a mesh that is permissive, or says nothing", async () => {
    assert.deepEqual(await reported(name, {}, production), [notStrict]);
    assert.deepEqual(await reported(name, { security: { mtls: "permissive" } }, production), [
      "mesh-peer-authentication-istio-system/default: The PeerAuthentication istio-system/default takes plaintext everywhere in a production stack.",
      notStrict,
    ]);
  });

  it("finds exceptions, unless they are named", async () => {
    const args: Partial<IstioMeshArgs> = {
      security: { mtls: "strict" },
      namespaces: {
        shop: { plaintextPorts: { metrics: { selector: { app: "shop" }, ports: [9090] } } },
        legacy: { mtls: "permissive" },
      },
    };
    assert.deepEqual(await reported(name, args, production), [
      "mesh-peer-authentication-shop/plaintext-metrics: The PeerAuthentication shop/plaintext-metrics takes plaintext on port 9090 in a production stack.",
      "mesh-peer-authentication-legacy/default: The PeerAuthentication legacy/default takes plaintext everywhere in a production stack.",
    ]);
    const config = { exceptions: ["legacy", "shop/plaintext-metrics"] };
    assert.deepEqual(await reported(name, args, { ...production, config }), []);
  });

  it("finds plaintext in what a program writes itself, port by port", async () => {
    const found = await reportedOfProgram(
      name,
      () => {
        new CustomResource("own", {
          apiVersion: "security.istio.io/v1",
          kind: "PeerAuthentication",
          metadata: { name: "own", namespace: "shop" },
          spec: { mtls: { mode: "STRICT" }, portLevelMtls: { 8080: { mode: "STRICT" }, 9090: { mode: "DISABLE" } } },
        });
      },
      production,
    );
    assert.deepEqual(found, [
      "own: The PeerAuthentication shop/own takes plaintext on port 9090 in a production stack.",
    ]);
  });

  it("knows production by the stack's name", async () => {
    const on = async (stack: string, config = {}) => (await reported(name, {}, { stack, config })).length > 0;
    for (const stack of ["prod", "production", "eu-prod", "prod.eu-1"]) assert.ok(await on(stack), stack);
    for (const stack of ["dev", "staging", "reproduction", "product"]) assert.ok(!(await on(stack)), stack);
    assert.ok(await on("live", { productionStacks: "^live$" }));
    assert.ok(!(await on("prod", { productionStacks: "^live$" })));
  });

  it("leaves meshes alone whose control plane is someone else's", async () => {
    assert.deepEqual(await reported(name, { istio: { profile: "empty" } }, production), []);
  });
});

describe("istio-no-world-open-ports", () => {
  const name = "istio-no-world-open-ports";

  it("takes the load balancers of a mesh, and finds a port that is not allowed", async () => {
    assert.deepEqual(await reported(name, { ingress: publicNlb }), []);
    assert.deepEqual(await reported(name, { ingress: publicNlb }, { config: { allowedPorts: [443] } }), [
      "mesh-rule-istio-ingress/http-from-0.0.0.0/0: A security group lets 0.0.0.0/0 in on tcp, port 80.",
    ]);
  });

  it("finds rules that are written into a group", async () => {
    const found = await reportedOfProgram(name, () => {
      new SecurityGroup("open", {
        ingress: [
          { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] },
          { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/1"] },
          { protocol: "tcp", fromPort: 80, toPort: 443, ipv6CidrBlocks: ["::/0"] },
          { protocol: "udp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "tcp", fromPort: 15012, toPort: 15012, cidrBlocks: ["10.0.0.0/8"] },
        ],
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      });
    });
    assert.deepEqual(found, [
      "open: A security group lets 0.0.0.0/0 in on tcp, port 22.",
      "open: A security group lets 0.0.0.0/1 in on every protocol, ports 0 to 65535.",
      "open: A security group lets ::/0 in on tcp, ports 80 to 443.",
      "open: A security group lets 0.0.0.0/0 in on udp, port 443.",
    ]);
  });

  it("finds rules of the older kind, and leaves those that let out", () => {
    const rule = (type: string) => ({
      ...{ name: type, type: "aws:ec2/securityGroupRule:SecurityGroupRule", parent: null, dependsOn: [], options: {} },
      inputs: { type, protocol: "tcp", fromPort: 22, toPort: 23, cidrBlocks: ["0.0.0.0/0"] },
    });
    assert.deepEqual(short(reportedBy(policyCalled(name), [rule("ingress"), rule("egress")])), [
      "ingress: A security group lets 0.0.0.0/0 in on tcp, ports 22 to 23.",
    ]);
  });

  it("takes as the internet whatever is wider than one owner's block", () => {
    for (const range of ["0.0.0.0/0", "128.0.0.0/1", "0.0.0.0/7", "::/0", "2000::/3"])
      assert.ok(isInternet(range), range);
    for (const range of ["10.0.0.0/8", "203.0.113.0/24", "2001:db8::/32", ""]) assert.ok(!isInternet(range), range);
  });
});

describe("istio-public-ingress-tls", () => {
  const name = "istio-public-ingress-tls";
  const of = (ingress: Partial<IngressArgs>, enforcement: Enforcement = {}) =>
    reported(name, { ingress: { ...publicNlb, ...ingress } }, enforcement);
  const tls = { certificateArn: certificate };

  it("takes public load balancers with a certificate, and internal ones without", async () => {
    for (const strategy of ["nlb", "alb"] as const) {
      assert.deepEqual(await of({ strategy, tls }), []);
      assert.deepEqual(await of({ strategy, scheme: "internal" }), []);
    }
  });

  it("finds those without, but for gateways that end TLS and are named", async () => {
    assert.deepEqual(await of({}), [
      "mesh-service-istio-ingress: The public Service istio-ingress/istio-ingress has no certificate.",
    ]);
    assert.deepEqual(await of({ strategy: "alb" }), [
      "mesh-ingress-istio-ingress: The public Ingress istio-ingress/istio-ingress has no certificate.",
    ]);
    const config = { tlsInGateway: ["istio-ingress/istio-ingress"] };
    const hostnames = ["app.example.com"];
    assert.deepEqual(await of({ hostnames, tls: { secretName: "app-tls" } }, { config }), []);
    assert.equal((await of({ hostnames, tls: { secretName: "app-tls" } })).length, 1);
  });

  it("finds TLS policies that are not allowed", async () => {
    const policy = "ELBSecurityPolicy-TLS13-1-1-2021-06";
    for (const strategy of ["nlb", "alb"] as const) {
      const [found, ...others] = await of({ strategy, tls: { ...tls, policy } });
      assert.match(String(found), new RegExp(`has the TLS policy "${policy}"\\.$`));
      assert.deepEqual(others, []);
      assert.deepEqual(await of({ strategy, tls: { ...tls, policy } }, { config: { tlsPolicies: "TLS13-1-1" } }), []);
    }
  });

  it("finds an ALB that answers in plain HTTP", async () => {
    assert.deepEqual(await of({ strategy: "alb", tls: { ...tls, redirectHttp: false } }), [
      "mesh-ingress-istio-ingress: The public Ingress istio-ingress/istio-ingress answers in plain HTTP.",
    ]);
  });

  it("finds Services of others with TLS on a port that nobody uses, or without a TLS policy", () => {
    const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
    const service = (annotations: Readonly<Record<string, string>>) => ({
      ...{ name: "edge", type: "kubernetes:core/v1:Service", parent: null, dependsOn: [], options: {} },
      inputs: {
        metadata: {
          name: "edge",
          namespace: "shop",
          annotations: {
            [`${prefix}scheme`]: "internet-facing",
            [`${prefix}ssl-cert`]: certificate,
            ...Object.fromEntries(Object.entries(annotations).map(([key, value]) => [prefix + key, value])),
          },
        },
      },
    });
    const secure = { "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06" };
    const of = (annotations: Readonly<Record<string, string>>) =>
      short(reportedBy(policyCalled(name), [service(annotations)]));
    assert.deepEqual(of({ ...secure, "ssl-ports": "8443" }), [
      "edge: The public Service shop/edge has a certificate, but speaks TLS on 8443 only.",
    ]);
    assert.deepEqual(of({ ...secure, "ssl-ports": "https, 8443" }), []);
    assert.deepEqual(of(secure), []);
    assert.deepEqual(of({}), ["edge: The public Service shop/edge has no TLS policy."]);
  });
});

describe("istio-gateway-replicas", () => {
  const name = "istio-gateway-replicas";

  it("counts the pods of gateways of the chart and of istiod, autoscaled and fixed", async () => {
    for (const mode of ["sidecar", "ambient"] as const) {
      const of = (gateway: object, enforcement: Enforcement = {}) =>
        reported(name, { mode, ingress: { ...publicNlb, gateway } }, enforcement);
      const single =
        "mesh-gateway-istio-ingress: The gateway istio-ingress/istio-ingress may run with a single pod: nobody is served while it restarts.";
      assert.deepEqual(await of({}), []);
      assert.deepEqual(await of({ minReplicas: 2, maxReplicas: 2 }), []);
      assert.deepEqual(await of({ minReplicas: 1 }), [single]);
      assert.deepEqual(await of({ minReplicas: 1, maxReplicas: 1 }), [single]);
      assert.equal((await of({}, { config: { minimum: 3 } })).length, 1);
      assert.deepEqual(await of({ minReplicas: 1 }, { config: { stacks: "^prod" } }), []);
      assert.deepEqual(await of({ minReplicas: 1 }, { stack: "prod", config: { stacks: "^prod" } }), [single]);
    }
  });

  it("knows that the chart runs one pod, and istiod too, where nothing is said", async () => {
    assert.deepEqual(await reportedOfProgram(name, () => release("edge", "gateway", { version: "1.31.1" })), [
      "edge: The gateway istio-system/gateway may run with a single pod: nobody is served while it restarts.",
    ]);
    const gateway = (gatewayClassName: string) => ({
      ...{ name: "edge", type: "kubernetes:gateway.networking.k8s.io/v1:Gateway", parent: null },
      ...{ dependsOn: [], options: {} },
      inputs: { metadata: { name: "edge", namespace: "shop" }, spec: { gatewayClassName } },
    });
    const of = (gatewayClassName: string) => short(reportedBy(policyCalled(name), [gateway(gatewayClassName)]));
    assert.deepEqual(of("istio"), [
      "edge: The gateway shop/edge may run with a single pod: nobody is served while it restarts.",
    ]);
    assert.deepEqual(of("istio-waypoint"), [], "a waypoint is no gateway");
  });
});
