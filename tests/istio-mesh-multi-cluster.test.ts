import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../cli/plan/recording";
import type { IstioMeshArgs, MultiClusterArgs } from "../components";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import { smallest } from "./support/args";
import { givenAuthority } from "./support/certificates";
import { recordMesh } from "./support/recorded";

/** Other members; `undefined` takes one away. */
type Changes = { readonly [Member in keyof MultiClusterArgs]?: MultiClusterArgs[Member] | undefined };

const eastWest = { allowedCidrs: ["10.1.0.0/16"], allowedSecurityGroupIds: ["sg-0123456789abcdef0"] };
const mesh = (multiCluster: Changes = {}, args: Partial<IstioMeshArgs> = {}): IstioMeshArgs => ({
  ...smallest,
  cluster: { name: "east" },
  security: { certificateAuthority: givenAuthority },
  ...args,
  multiCluster: { meshId: "production", eastWest, ...multiCluster } as MultiClusterArgs,
});
const kubeconfig = JSON.stringify({
  kind: "Config",
  clusters: [{ name: "west", cluster: { server: "https://west" } }],
  users: [{ name: "west", user: { token: "t" } }],
  contexts: [{ name: "west", context: { cluster: "west", user: "west" } }],
  "current-context": "west",
});
const holds = (rules: readonly unknown[], rule: object) => rules.some((one) => isDeepStrictEqual(one, rule));
const isSecret = (value: unknown) =>
  (value as Readonly<Record<string, unknown>>)[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig;

describe("One cluster of a mesh that spans several", () => {
  it("has its name, its network and the name of the mesh in istiod, and its network on the namespace before istiod", async () => {
    const { input, find } = await recordMesh(mesh());
    const global = input("mesh-istiod", "values.global") as Readonly<Record<string, unknown>>;
    assert.equal(global["meshID"], "production");
    assert.deepEqual(global["multiCluster"], { clusterName: "east" });
    assert.equal(global["network"], "east");
    const labels = input("mesh-namespace-istio-system", "metadata.labels");
    assert.deepEqual(labels, { "topology.istio.io/network": "east" });
    assert.ok(find("mesh-base").dependsOn.includes("mesh-namespace-istio-system"));
    const keepalive = { time: "120s", interval: "30s", probes: 3 };
    assert.deepEqual(input("mesh-istiod", "values.meshConfig.tcpKeepalive"), keepalive);
  });

  it("is reached by an internal NLB of ours on 15443 only, whose Service has the label of the network", async () => {
    const { input, find, resources } = await recordMesh(mesh({ network: "vpc-east" }));
    const service = "mesh-service-istio-eastwestgateway";
    assert.deepEqual(input(service, "metadata.labels"), { "topology.istio.io/network": "vpc-east" });
    assert.deepEqual(input(service, "spec.ports"), [{ name: "tls", port: 15443, targetPort: 15443, protocol: "TCP" }]);
    assert.equal(input(service, "metadata.namespace"), "istio-eastwest");
    assert.equal(input(service, "spec.loadBalancerClass"), "service.k8s.aws/nlb");
    const annotations = input(service, "metadata.annotations") as Readonly<Record<string, string>>;
    assert.equal(annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"], "internal");
    const own = "<mesh-security-group-istio-eastwestgateway.id>";
    assert.equal(annotations["service.beta.kubernetes.io/aws-load-balancer-security-groups"], own);
    const rules = resources.filter(({ name }) => name.startsWith("mesh-rule-istio-eastwestgateway/"));
    assert.deepEqual(rules.map(({ name }) => name.replace("mesh-rule-istio-eastwestgateway/", "")).sort(), [
      "status-port-into-nodes",
      "status-port-to-nodes",
      "tls-from-10.1.0.0/16",
      "tls-from-sg-0123456789abcdef0",
      "tls-into-nodes",
      "tls-to-nodes",
    ]);
    for (const { name } of rules) assert.ok(find(service).dependsOn.includes(name), name);
  });

  it("has gateway pods that see the services of all networks, behind an Istio Gateway that passes mTLS through", async () => {
    const { input, find } = await recordMesh(
      mesh({ network: "vpc-east", eastWest: { ...eastWest, gateway: { minReplicas: 3 } } }),
    );
    const release = "mesh-gateway-istio-eastwestgateway";
    assert.equal(input(release, "values.networkGateway"), "vpc-east");
    assert.deepEqual(input(release, "values.labels"), { app: "istio-eastwestgateway", istio: "eastwestgateway" });
    assert.deepEqual(input(release, "values.service"), { type: "None" });
    assert.equal(input(release, "values.autoscaling.minReplicas"), 3);
    assert.deepEqual(find(release).dependsOn, ["mesh-namespace-istio-eastwest", "mesh-istiod"]);
    const annotations = input(release, "values.podAnnotations") as Readonly<Record<string, string>>;
    assert.match(String(annotations["proxy.istio.io/config"]), /"drainDuration":"60s"/);
    assert.deepEqual(input("mesh-istio-gateway-istio-eastwestgateway", "spec"), {
      selector: { istio: "eastwestgateway" },
      servers: [
        {
          port: { number: 15443, name: "tls", protocol: "TLS" },
          tls: { mode: "AUTO_PASSTHROUGH" },
          hosts: ["*.local"],
        },
      ],
    });
  });

  it("gives its peers a secret kubeconfig with a token for which Pulumi waits, and without any command", async () => {
    const { input, find, mesh: created } = await recordMesh(mesh({ tokenGeneration: 3 }));
    assert.equal(input("mesh-reader-token-3", "type"), "kubernetes.io/service-account-token");
    assert.deepEqual(input("mesh-reader-token-3", "metadata"), {
      name: "istio-reader-service-account-istio-remote-secret-token-3",
      namespace: "istio-system",
      annotations: { "kubernetes.io/service-account.name": "istio-reader-service-account" },
    });
    assert.ok(find("mesh-reader-token-2"), "peers have it until their next up");
    assert.throws(() => find("mesh-reader-token-1"));
    assert.deepEqual(find("mesh-reader-token-3").dependsOn, ["mesh-base", "mesh-istiod"]);
    assert.equal(await settled(created.peerAccess), "[secret]");
    const text = await (created.peerAccess as unknown as { promise(): Promise<string> }).promise();
    const access = JSON.parse(text) as Readonly<Record<string, unknown>>;
    assert.deepEqual(access["users"], [{ name: "east", user: { token: "<mesh-reader-token-3.data.token>" } }]);
    assert.deepEqual(access["clusters"], [
      {
        name: "east",
        cluster: { server: "https://EXAMPLE.eks.amazonaws.com", "certificate-authority-data": "ZXhhbXBsZQ==" },
      },
    ]);
    const address = "<mesh-service-istio-eastwestgateway.status.loadBalancer.ingress[0].hostname>";
    assert.equal(await settled(created.eastWestAddress), address);
  });

  it("knows its peers by Secrets after the gateway, so that on destroy they go before it", async () => {
    const peers = { west: { kubeconfig }, North_1: { kubeconfig: pulumi.secret(kubeconfig) } };
    const { input, sent, find } = await recordMesh(() => mesh({ peers }));
    assert.deepEqual(input("mesh-remote-secret-west", "metadata"), {
      name: "istio-remote-secret-west",
      namespace: "istio-system",
      labels: { "istio/multiCluster": "true" },
      annotations: { "networking.istio.io/cluster": "west" },
    });
    const data = sent("mesh-remote-secret-west")["data"];
    assert.ok(isSecret(data));
    const { value } = data as { readonly value: Readonly<Record<string, string>> };
    assert.equal(Buffer.from(String(value["west"]), "base64").toString(), kubeconfig);
    const before = ["mesh-namespace-istio-system", "mesh-istiod", "mesh-istio-gateway-istio-eastwestgateway"];
    assert.deepEqual(find("mesh-remote-secret-west").dependsOn, before);
    assert.match(
      String(input("mesh-remote-secret-North_1", "metadata.name")),
      /^istio-remote-secret-north-1-[0-9a-f]{8}$/,
    );
    assert.ok(find("mesh-cleanup").dependsOn.includes("mesh-remote-secret-west"));
  });

  it("on the network of its peers has no gateway; rules let their pods in on every port", async () => {
    const flatNetwork = {
      allowedCidrs: ["10.1.0.0/16", "2001:db8::/48"],
      allowedSecurityGroupIds: ["sg-0123456789abcdef0"],
    };
    const cluster = { name: "east", nodeSecurityGroupIds: ["sg-0aaaaaaaaaaaaaaa0", pulumi.output("sg-later")] };
    const {
      find,
      input,
      resources,
      mesh: created,
    } = await recordMesh(() => mesh({ network: "vpc", eastWest: undefined, flatNetwork }, { cluster }));
    const rules = resources.filter(({ name }) => name.includes("flat-network-rule"));
    assert.equal(rules.length, 6);
    const rule = "mesh-flat-network-rule-sg-0aaaaaaaaaaaaaaa0/from-10.1.0.0/16";
    assert.deepEqual([input(rule, "fromPort"), input(rule, "toPort"), input(rule, "ipProtocol")], [0, 65535, "tcp"]);
    assert.ok(find("mesh-flat-network-rule-1/from-sg-0123456789abcdef0"));
    assert.ok(!resources.some(({ name }) => name.includes("eastwest")));
    assert.equal(await settled(created.eastWestAddress), undefined);
    const alone = await recordMesh(mesh({ network: "vpc", eastWest: undefined }));
    assert.ok(!alone.resources.some(({ name }) => name.includes("flat-network-rule")));
  });

  it("keeps the Services of namespaces that are not global to itself, beside settings of the user's", async () => {
    const theirs = { settings: { clusterLocal: true }, hosts: ["*.db.svc.cluster.local"] };
    const istio = { meshConfig: { serviceSettings: [theirs], tcpKeepalive: { time: "60s" } } };
    const namespaces = { shop: { global: false }, web: { global: true }, api: {} };
    const { input } = await recordMesh(mesh({}, { istio, namespaces }));
    assert.deepEqual(input("mesh-istiod", "values.meshConfig.serviceSettings"), [
      theirs,
      { settings: { clusterLocal: true }, hosts: ["*.shop.svc.cluster.local"] },
    ]);
    assert.equal(input("mesh-istiod", "values.meshConfig.tcpKeepalive.time"), "60s");
  });

  it("lets other clusters through its policies, and itself to them", async () => {
    const security = { certificateAuthority: givenAuthority, defaultDeny: true, networkPolicies: true };
    const flatNetwork = { allowedCidrs: ["10.2.0.0/16"], allowedSecurityGroupIds: ["sg-0123456789abcdef0"] };
    const args = mesh({ network: "vpc", flatNetwork }, { security, namespaces: { shop: {} } });
    const { find, input } = await recordMesh(args);
    assert.ok(find("mesh-authorization-policy-istio-eastwest/allow-clients-istio-eastwestgateway"));
    const gateway = "mesh-network-policy-istio-eastwest/istio-gateway-istio-eastwestgateway";
    const ports = [
      { protocol: "TCP", port: 15021 },
      { protocol: "TCP", port: 15443 },
    ];
    assert.deepEqual(input(gateway, "spec.ingress[0]"), { ports });
    const policy = "mesh-network-policy-shop/istio-mesh";
    const egress = input(policy, "spec.egress") as readonly unknown[];
    const range = [{ ipBlock: { cidr: "10.2.0.0/16" } }];
    assert.ok(holds(egress, { ports: [ports[1]] }));
    assert.ok(holds(egress, { to: range }));
    const ingress = input(policy, "spec.ingress") as readonly unknown[];
    assert.ok(holds(ingress, { from: range }));
    assert.match(JSON.stringify(ingress), /"app":"istio-eastwestgateway"/);
  });

  it("has its load balancer removed first on destroy, also where the namespace is someone else's", async () => {
    const own = await recordMesh(mesh());
    assert.match(String(own.input("mesh-cleanup", "environment.NAMESPACES")), /\bistio-eastwest\b/);
    const gateway = { createNamespace: false, namespace: "shared" };
    const foreign = await recordMesh(mesh({ eastWest: { ...eastWest, gateway } }));
    assert.equal(foreign.input("mesh-cleanup", "environment.OBJECTS"), "Service/istio-eastwestgateway@shared");
    assert.equal(foreign.find("mesh-namespace-shared").type, "kubernetes:core/v1:NamespacePatch");
  });

  it("in a preview knows no token yet, and a cluster without one is warned of", async () => {
    const { mesh: planned } = await recordMesh(mesh(), { preview: true });
    assert.equal(await settled(planned.peerAccess), "[unknown]");
    const states = { "kubernetes:core/v1:Secret": { data: undefined } };
    const { mesh: created } = await recordMesh(mesh(), { states });
    assert.equal(await settled(created.peerAccess), "[secret]");
  });

  it("is described by the same kubeconfig where its certificate authority is not known", async () => {
    const security = { certificateAuthority: { secretName: "cacerts" } };
    const { mesh: created } = await recordMesh(mesh({}, { security }));
    const text = await (created.peerAccess as unknown as { promise(): Promise<string> }).promise();
    assert.match(text, /"roots":\[\]/);
  });

  it("with EKS Auto Mode has no tags on its load balancer, and says so", () => {
    const warnings = (args: Partial<IstioMeshArgs>) => resolveIstioMesh(mesh({}, args)).warnings.join("\n");
    const auto = { loadBalancerController: "eks-auto-mode" } as const;
    assert.match(warnings({ ...auto, tags: { team: "a" } }), /that of multiCluster\.eastWest has none/);
    assert.doesNotMatch(warnings(auto), /multiCluster/);
    assert.doesNotMatch(warnings({ tags: { team: "a" } }), /multiCluster/);
  });

  it("without the block has neither output", async () => {
    const { mesh: created } = await recordMesh(smallest);
    assert.deepEqual(
      [await settled(created.peerAccess), await settled(created.eastWestAddress)],
      [undefined, undefined],
    );
  });
});

describe("One ambient cluster of a mesh that spans several", () => {
  const ambient = (multiCluster: Changes = {}, args: Partial<IstioMeshArgs> = {}) =>
    mesh(multiCluster, { mode: "ambient", ...args });
  const gateway = "mesh-gateway-istio-eastwestgateway";

  it("is reached by an internal NLB of ours on 15008 only, before a Gateway whose pods istiod creates", async () => {
    const { input, find, resources } = await recordMesh(ambient());
    const service = "mesh-service-istio-eastwestgateway";
    const ports = [{ name: "hbone", port: 15008, targetPort: 15008, protocol: "TCP" }];
    assert.deepEqual(input(service, "spec.ports"), ports);
    assert.equal(input(gateway, "spec.gatewayClassName"), "istio-east-west");
    assert.equal(input(gateway, "metadata.labels"), undefined, "peers do not take its address inside the cluster");
    assert.ok(!find(service).dependsOn.includes("mesh-istiod"), "the load balancer starts before istiod");
    const open = resources.filter(({ name }) => /^mesh-rule-istio-eastwestgateway\/.*-from-/.test(name));
    assert.deepEqual(
      open.map(({ name }) => [String(name.split("/")[1]), input(name, "fromPort"), input(name, "toPort")]).sort(),
      [
        ["hbone-from-10.1.0.0", 15008, 15008],
        ["hbone-from-sg-0123456789abcdef0", 15008, 15008],
      ],
    );
  });

  it("gives its peers the address of the NLB beside the token", async () => {
    const { mesh: created } = await recordMesh(ambient());
    const text = await (created.peerAccess as unknown as { promise(): Promise<string> }).promise();
    const { extensions } = JSON.parse(text) as { readonly extensions: readonly { readonly extension: object }[] };
    const found = extensions[0]?.extension as Readonly<Record<string, unknown>>;
    assert.equal(found["mode"], "ambient");
    const address = "<mesh-service-istio-eastwestgateway.status.loadBalancer.ingress[0].hostname>";
    assert.deepEqual(found["gateway"], { address, namespace: "istio-eastwest" });
  });

  it("knows the gateway of a peer by an object without secrets, which the cleanup leaves to Pulumi", async () => {
    const gatewayOfWest = { address: "west.elb.amazonaws.com", namespace: "istio-eastwest" };
    const extension = {
      ...{ meshId: "production", clusterName: "west", network: "vpc-west", trustDomain: "cluster.local" },
      ...{ trustDomainAliases: [], hasGateway: true, roots: [], mode: "ambient", gateway: gatewayOfWest },
    };
    const extensions = [{ name: "istio-eks", extension }];
    const text = JSON.stringify({ ...(JSON.parse(kubeconfig) as object), extensions });
    const { input, sent, find } = await recordMesh(() =>
      ambient({ peers: { west: { kubeconfig: pulumi.secret(text) } } }),
    );
    const remote = "mesh-remote-gateway-west";
    assert.deepEqual(input(remote, "metadata.labels"), { "topology.istio.io/network": "vpc-west" });
    assert.deepEqual(input(remote, "spec.addresses"), [{ type: "Hostname", value: "west.elb.amazonaws.com" }]);
    assert.equal(input(remote, "spec.gatewayClassName"), "istio-remote");
    assert.ok(!JSON.stringify(sent(remote)).includes(pulumi.runtime.specialSecretSig));
    assert.ok(find(remote).dependsOn.includes(gateway));
    assert.ok(find("mesh-remote-secret-west").dependsOn.includes(remote));
  });

  it("has one Service of all clusters where a namespace is global", async () => {
    const { input } = await recordMesh(ambient({}, { namespaces: { shop: { global: true }, web: {} } }));
    assert.deepEqual(input("mesh-namespace-shop", "metadata.labels"), { "istio.io/global": "true" });
    assert.equal(input("mesh-namespace-web", "metadata.labels"), undefined);
    const scopes = input("mesh-istiod", "values.meshConfig.serviceScopeConfigs") as readonly unknown[];
    assert.equal(scopes.length, 2);
  });

  it("lets other clusters through its policies on 15008", async () => {
    const security = { certificateAuthority: givenAuthority, defaultDeny: true, networkPolicies: true };
    const { input } = await recordMesh(ambient({}, { security, namespaces: { shop: {} } }));
    const edge = "mesh-network-policy-istio-eastwest/istio-gateway-istio-eastwestgateway";
    const port = { protocol: "TCP", port: 15008 };
    assert.deepEqual(input(edge, "spec.ingress[0]"), { ports: [{ protocol: "TCP", port: 15021 }, port] });
    const egress = input("mesh-network-policy-shop/istio-mesh", "spec.egress") as readonly unknown[];
    assert.ok(holds(egress, { ports: [port] }));
    const policy = "mesh-authorization-policy-istio-eastwest/allow-clients-istio-eastwestgateway";
    const target = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "istio-eastwestgateway" };
    assert.deepEqual(input(policy, "spec.targetRefs"), [target]);
  });
});
