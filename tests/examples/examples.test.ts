import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type Answer, answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { settled } from "../../cli/plan/recording";
import { withEksClusterCalled } from "../support/eks-cluster";
import { givenAuthority } from "../support/certificates";
import { planOf } from "../support/plans";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { readReadme, repositoryPath, root } from "../support/readme";
import { type Recording, recordProgram } from "../support/recorded";

const load = createRequire(__filename);
const folder = join(root, "examples");
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.ts")));

/** What AWS answers to the questions that only examples ask. */
const answer: Answer = (token, inputs) => {
  if (token === "aws:index/getAvailabilityZones:getAvailabilityZones") return { names: ["a", "b", "c"] };
  if (token === "aws:index/getRegion:getRegion") return { region: "eu-west-1" };
  return answerWith(exampleFacts({}))(token, inputs);
};

/** What the stack that is referred to tells. */
const user = { name: "prod-west", user: { token: "t" } };
const context = { name: "prod-west", context: { cluster: "prod-west", user: "prod-west" } };
const clusters = [{ name: "prod-west", cluster: { server: "https://west" } }];
const peerAccess = JSON.stringify({
  kind: "Config",
  clusters,
  users: [user],
  contexts: [context],
  "current-context": "prod-west",
});
const outputs = { peerAccess, enrolmentLabels: { "istio-injection": "enabled" }, ingressNamespace: "istio-ingress" };
const states = { ...withEksClusterCalled("cluster").states, "pulumi:pulumi:StackReference": { outputs } };

interface Example extends Recording {
  /** What the program exports, once everything is made. */
  readonly exported: Readonly<Record<string, unknown>>;
}

/** Runs an example as `pulumi up` would, with this configuration. */
async function run(name: string, config: Readonly<Record<string, string>> = {}): Promise<Example> {
  const { name: project } = parse(readFileSync(join(folder, name, "Pulumi.yaml"), "utf8")) as { readonly name: string };
  assert.equal(project, name);
  // Mocks run under a project of their own, whose configuration the program then reads.
  const keys = Object.entries(config).map(([key, value]) => [`istio-mesh:${key}`, value]);
  const exported: Record<string, unknown> = {};
  const entry = join(folder, name, "index.ts");
  for (const file of Object.keys(require.cache))
    if (file.startsWith(folder)) Reflect.deleteProperty(require.cache, file);
  const recording = await recordProgram(
    () => {
      pulumi.runtime.setAllConfig(Object.fromEntries(keys) as Record<string, string>);
      Object.assign(exported, load(entry));
    },
    { answer, states },
  );
  for (const [key, value] of Object.entries(exported)) exported[key] = await settled(value);
  return { ...recording, exported };
}

interface YamlProgram {
  readonly name: string;
  readonly runtime: string;
  readonly resources: { readonly mesh: { readonly type: string; readonly properties: object } };
  readonly outputs: Readonly<Record<string, string>>;
}

interface Schema {
  readonly resources: Readonly<Record<string, { readonly properties: object }>>;
}

interface Tagged {
  readonly cidrBlock: string;
  readonly tags: Readonly<Record<string, string>>;
}

const onCluster = { cluster: "production", zone: "example.com" };

/** Everything that a resource comes after, directly or not, parents included. */
function allBefore({ resources }: Example, name: string): ReadonlySet<string> {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const seen = new Set<string>();
  const visit = (at: string) => {
    const resource = byName.get(at);
    for (const next of [...(resource?.dependsOn ?? []), ...(resource?.parent ? [resource.parent] : [])]) {
      if (!seen.has(next)) visit((seen.add(next), next));
    }
  };
  visit(name);
  return seen;
}

describe("the examples", () => {
  it("are all run here, and each has its paragraph in the README", () => {
    assert.deepEqual(names.sort(), [
      "another-stack",
      "auto-mode",
      "bookinfo",
      "existing-cluster",
      "internal-and-public",
      "multi-cluster",
      "multi-cluster-stacks",
      "node-groups",
    ]);
    const linked = [...readReadme().matchAll(/\]\(([^)#]+)/g)].map(([, link]) => repositoryPath(String(link)));
    for (const name of [...names, "fleet", "operator", "python", "yaml"])
      assert.ok(linked.includes(`examples/${name}`), name);
    for (const file of readdirSync(join(folder, "stacks"))) assert.ok(linked.includes(`examples/stacks/${file}`), file);
  });

  it("yaml: a program of the package's own types, whose arguments are right and whose outputs are there", async () => {
    const text = readFileSync(join(folder, "yaml", "Pulumi.yaml"), "utf8").replaceAll("${cluster}", "production");
    const { name, runtime, resources, outputs: reported } = parse(text) as YamlProgram;
    assert.deepEqual([name, runtime], ["istio-mesh-yaml", "yaml"]);
    const schema = JSON.parse(readFileSync(join(root, "provider/schema.json"), "utf8")) as Schema;
    const { type, properties } = resources.mesh;
    const known = schema.resources[type];
    assert.ok(known !== undefined, type);
    assert.deepEqual(
      Object.values(reported).filter(
        (output) => !(String(/^\$\{mesh\.(\w+)\}$/.exec(output)?.[1]) in known.properties),
      ),
      [],
    );
    assert.deepEqual(resolveIstioMesh(properties).problems, []);
    const { resources: created } = await planOf(properties);
    assert.ok(created.some(({ name: resource }) => resource === "mesh-service-istio-ingress"));
  });

  it("existing-cluster: a public address with a certificate of its own", async () => {
    const { find, exported } = await run("existing-cluster", onCluster);
    assert.equal(exported["url"], "https://app.example.com");
    assert.equal(find("mesh-certificate-istio-ingress").type, "aws:acm/certificate:Certificate");
  });

  it("internal-and-public: two load balancers, each before a gateway of its own", async () => {
    const { input, find, exported } = await run("internal-and-public", onCluster);
    const scheme = (service: string) => input(service, "metadata.annotations");
    assert.match(JSON.stringify(scheme("mesh-service-istio-ingress")), /"internet-facing"/);
    assert.match(JSON.stringify(scheme("mesh-service-internal")), /"internal"/);
    for (const name of ["mesh-gateway-istio-ingress", "mesh-gateway-internal"])
      assert.match(find(name).type, /:Gateway$/);
    assert.deepEqual(exported["publicUrl"], "https://app.example.com");
    assert.match(String(exported["internalAddress"]), /mesh-service-internal/);
  });

  it("auto-mode: a mesh on a cluster of its own, whose load balancers Auto Mode makes", async () => {
    const example = await run("auto-mode");
    assert.equal(example.input("mesh-service-istio-ingress", "spec.loadBalancerClass"), "eks.amazonaws.com/nlb");
    assert.ok(allBefore(example, "mesh-namespace-istio-system").has("cluster"));
    const releases = example.resources.filter(({ type }) => type.endsWith("helm.sh/v3:Release"));
    const names = releases.map(({ name }) => name).sort();
    assert.deepEqual(names, ["mesh-base", "mesh-cni", "mesh-istiod", "mesh-ztunnel"]);
  });

  it("auto-mode: subnets that the load balancers find, three zones of each kind, with ways out before the cluster", async () => {
    const example = await run("auto-mode");
    for (const zone of [0, 1, 2]) {
      const tags = (kind: string) => (example.find(`cluster-${kind}-${zone}`).inputs as Tagged).tags;
      assert.equal(tags("public")["kubernetes.io/role/elb"], "1");
      assert.equal(tags("private")["kubernetes.io/role/internal-elb"], "1");
      const before = allBefore(example, "cluster");
      for (const kind of ["public", "private"]) assert.ok(before.has(`cluster-${kind}-routes-${zone}`));
    }
    const cidrs = example.resources
      .filter(({ type }) => type.endsWith(":Subnet"))
      .map(({ inputs }) => inputs as Tagged);
    assert.equal(new Set(cidrs.map(({ cidrBlock }) => cidrBlock)).size, 6);
  });

  it("node-groups: the whole mesh comes after the controller, which comes after its rights and the nodes", async () => {
    const example = await run("node-groups");
    for (const name of ["mesh-namespace-istio-system", "mesh-ingress-istio-ingress", "mesh-istiod", "mesh-cleanup"]) {
      assert.ok(allBefore(example, name).has("load-balancer-controller"), name);
    }
    const before = allBefore(example, "load-balancer-controller");
    for (const name of ["nodes", "eks-pod-identity-agent", "load-balancer-controller-identity"]) {
      assert.ok(before.has(name), name);
    }
    assert.ok(before.has("load-balancer-controller-rights"));
    assert.equal(example.input("load-balancer-controller", "values.vpcId"), "<cluster-vpc.id>");
  });

  it("node-groups: a name for the load balancer that AWS accepts, though the cluster's own is long", async () => {
    const example = await run("node-groups");
    assert.equal(example.input("load-balancer-controller", "values.clusterName"), "cluster-eksCluster-1a2b3c4");
    const annotations = example.input("mesh-ingress-istio-ingress", "metadata.annotations");
    const name = (annotations as Readonly<Record<string, string>>)["alb.ingress.kubernetes.io/load-balancer-name"];
    assert.match(String(name), /^cluster-eksCluster-1a2b3-?[a-z]*-[0-9a-f]{7}$/);
    assert.ok(String(name).length <= 32);
  });

  for (const mode of ["ambient", "sidecar"]) {
    for (const routing of ["gateway-api", "istio"]) {
      it(`bookinfo: a page to open, and a canary, in mode ${mode} with routing ${routing}`, async () => {
        const example = await run("bookinfo", { cluster: "production", mode, routing, canary: "20" });
        assert.match(String(example.exported["url"]), /^http:\/\/\S+\/productpage$/);
        assert.equal(example.input("mesh-peer-authentication-istio-system/default", "spec.mtls.mode"), "STRICT");
        const [split] = JSON.stringify(example.find("reviews-canary").inputs).match(/"rules":.*|"http":.*/) ?? [];
        assert.match(String(split), /"weight":80.*"weight":20/);
        const paths = JSON.stringify(example.resources.filter(({ name }) => name.startsWith("mesh-route-")));
        for (const path of ["/productpage", "/login", "/logout", "/static", "/api/v1/products"])
          assert.ok(paths.includes(`"${path}"`), path);
      });
    }
  }

  it("bookinfo: pods after their namespace takes part in the mesh, of images that Istio publishes, and as nobody", async () => {
    const example = await run("bookinfo", { cluster: "production", mode: "sidecar" });
    const deployments = example.resources.filter(({ type }) => type.endsWith(":Deployment"));
    const names = deployments.map(({ name }) => name).sort();
    assert.deepEqual(names, ["details-v1", "productpage-v1", "ratings-v1", "reviews-v1", "reviews-v3"]);
    for (const name of names) {
      assert.ok(allBefore(example, name).has("mesh-enrolment-bookinfo"), name);
      const [container] = example.input(name, "spec.template.spec.containers") as readonly Record<string, unknown>[];
      assert.equal(container?.["image"], `docker.io/istio/examples-bookinfo-${name}:1.20.3`);
      assert.match(JSON.stringify(container?.["securityContext"]), /"runAsNonRoot":true/);
      const account = `bookinfo-${name.split("-")[0]}`;
      assert.equal(example.input(name, "spec.template.spec.serviceAccountName"), account);
      assert.equal(example.input(account, "metadata.name"), account);
    }
  });

  it("bookinfo: a waypoint only where one is needed to split requests", async () => {
    const isWaypoint = ({ name }: { readonly name: string }) => name === "mesh-waypoint-bookinfo";
    const ambient = await run("bookinfo", { cluster: "production" });
    const sidecar = await run("bookinfo", { cluster: "production", mode: "sidecar" });
    assert.deepEqual([ambient.resources.some(isWaypoint), sidecar.resources.some(isWaypoint)], [true, false]);
  });

  it("bookinfo: the same cluster for the mesh and the application, whatever kubeconfig the shell has", async () => {
    const { find } = await run("bookinfo", { cluster: "production" });
    const { kubeconfig } = find("kubernetes").inputs as { readonly kubeconfig: unknown };
    assert.match(JSON.stringify(kubeconfig), /get-token.*production/);
  });

  const authority = JSON.stringify(givenAuthority);

  it("multi-cluster: two meshes, each with a gateway that only the other may reach, and a Secret for each direction", async () => {
    const config = {
      east: "prod-east",
      west: "prod-west",
      eastVpcCidr: "10.1.0.0/16",
      westVpcCidr: "10.2.0.0/16",
      authority,
    };
    const { find, input } = await run("multi-cluster", config);
    assert.equal(input("east-rule-istio-eastwestgateway/tls-from-10.2.0.0/16", "cidrIpv4"), "10.2.0.0/16");
    for (const [reader, peer] of [
      ["east", "west"],
      ["west", "east"],
    ]) {
      const secret = `peering-remote-secret-${reader}/${peer}`;
      assert.equal(input(secret, "metadata.name"), `istio-remote-secret-prod-${peer}`);
      assert.equal(find(secret).options["provider"], `${reader}-kubernetes`);
    }
  });

  it("multi-cluster-stacks: first without peers, then with the kubeconfig of another stack", async () => {
    const config = { cluster: "prod-east", peerCidr: "10.2.0.0/16", authority };
    const first = await run("multi-cluster-stacks", config);
    assert.equal(first.exported["peerAccess"], "[secret]");
    assert.ok(!first.resources.some(({ name }) => name.includes("remote-secret")));
    const peers = JSON.stringify({ "prod-west": "acme/multi-cluster-stacks/west" });
    const { input } = await run("multi-cluster-stacks", { ...config, peers });
    assert.equal(input("mesh-remote-secret-prod-west", "metadata.name"), "istio-remote-secret-prod-west");
  });

  it("another-stack: a namespace as the mesh wants it, and a route through its load balancer", async () => {
    const { resources, exported } = await run("another-stack", { mesh: "acme/mesh/prod", host: "shop.example.com" });
    const of = (kind: string) =>
      resources.find(({ type }) => type.endsWith(`:${kind}`))?.inputs as Record<string, never>;
    assert.deepEqual(of("Namespace")["metadata"], { name: "shop", labels: outputs.enrolmentLabels });
    const { parentRefs } = of("HTTPRoute")["spec"] as unknown as { readonly parentRefs: unknown };
    assert.deepEqual(parentRefs, [{ name: "istio-ingress", namespace: "istio-ingress" }]);
    assert.equal(exported["url"], "https://shop.example.com");
  });
});
