import assert from "node:assert/strict";
import type { EastWestArgs } from "../../components";
import {
  eastWestNamespace,
  type EastWestContext,
  resolveAllowed,
  resolveEastWest,
} from "../../components/multi-cluster/resolve-east-west-args";
import { clusterSettings, controlPlane, gateway, placesOf } from "../support/settings";

const allowedCidrs = ["10.1.0.0/16"];

function resolve(args: EastWestArgs, changes: Partial<EastWestContext> = {}) {
  const context = {
    cluster: clusterSettings(),
    controlPlane: controlPlane(),
    gateways: [],
    network: "east",
    mode: "sidecar" as const,
  };
  const { settings, ...found } = resolveEastWest({ allowedCidrs, ...args }, { ...context, ...changes });
  assert.ok(settings !== undefined);
  return { ...settings, ...found };
}
const places = (...args: Parameters<typeof resolve>) => placesOf(resolve(...args));

describe("eastWestNamespace", () => {
  it("is istio-eastwest, or the one that the user writes", () => {
    assert.equal(eastWestNamespace(undefined), undefined);
    assert.equal(eastWestNamespace({}), "istio-eastwest");
    assert.equal(eastWestNamespace({ gateway: {} }), "istio-eastwest");
    assert.equal(eastWestNamespace({ gateway: { namespace: "shared" } }), "shared");
  });
});

describe("resolveEastWest", () => {
  it("resolves to nothing without the block", () => {
    const context = {
      cluster: clusterSettings(),
      controlPlane: controlPlane(),
      gateways: [],
      network: "east",
      mode: "sidecar" as const,
    };
    assert.deepEqual(resolveEastWest(undefined, context), { settings: undefined, problems: [], warnings: [] });
  });

  it("is an internal NLB before the pods by default", () => {
    const { loadBalancer, problems, warnings } = resolve({});
    assert.deepEqual([problems, warnings], [[], []]);
    const { name, scheme, ipAddressType, strategy, clients } = loadBalancer;
    assert.deepEqual([name, scheme, ipAddressType], ["istio-eastwestgateway", "internal", "ipv4"]);
    assert.deepEqual([strategy.kind, strategy.targetType, strategy.eipAllocationIds], ["nlb", "ip", []]);
    assert.deepEqual(clients, [{ kind: "ipv4", cidr: "10.1.0.0/16" }]);
  });

  it("has gateway pods of its own, with the network, the label and the drain time", () => {
    const { gateway: pods } = resolve({ gateway: { drainSeconds: 90, labels: { team: "mesh" } } });
    assert.deepEqual([pods.name, pods.namespace, pods.network], ["istio-eastwestgateway", "istio-eastwest", "east"]);
    assert.deepEqual(pods.selector, { app: "istio-eastwestgateway", istio: "eastwestgateway" });
    assert.deepEqual([pods.minReplicas, pods.labels], [2, { team: "mesh" }]);
    assert.match(String(pods.annotations["proxy.istio.io/config"]), /"drainDuration":"90s"/);
  });

  it("has the subnets of the cluster, or its own, and addresses of both families on an IPv6 cluster", () => {
    const cluster = clusterSettings({ subnetIds: ["subnet-a"], ipFamily: "ipv6" });
    assert.deepEqual(resolve({}, { cluster }).loadBalancer.subnetIds, ["subnet-a"]);
    assert.deepEqual(resolve({ subnetIds: ["subnet-b"] }, { cluster }).loadBalancer.subnetIds, ["subnet-b"]);
    assert.equal(resolve({}, { cluster }).loadBalancer.ipAddressType, "dualstack");
  });

  it("takes one Elastic IP for each subnet, on a public NLB", () => {
    const eipAllocationIds = ["eipalloc-1", "eipalloc-2"];
    const open = { scheme: "internet-facing", eipAllocationIds } as const;
    const { loadBalancer, problems } = resolve({ ...open, subnetIds: ["subnet-a", "subnet-b"] });
    assert.deepEqual([loadBalancer.strategy.eipAllocationIds, problems], [eipAllocationIds, []]);
    const at = "multiCluster.eastWest.eipAllocationIds";
    assert.deepEqual(places({ ...open, subnetIds: ["subnet-a"] }), [at]);
    assert.deepEqual(places({ eipAllocationIds, subnetIds: ["subnet-a", "subnet-b"] }), [at]);
  });

  it("warns of security groups that cannot match public addresses", () => {
    const allowedSecurityGroupIds = ["sg-peer"];
    assert.equal(
      resolve({ scheme: "internet-facing", allowedCidrs: ["203.0.113.0/24"], allowedSecurityGroupIds }).warnings.length,
      1,
    );
    assert.deepEqual(resolve({ allowedSecurityGroupIds }).warnings, []);
  });

  it("refuses labels that the mesh sets, and pods of an ingress, whatever else is written there", () => {
    const at = "multiCluster.eastWest.gateway";
    const labels = { app: "a", istio: "b", "topology.istio.io/network": "c", team: "d" };
    assert.deepEqual(places({ gateway: { labels } }), [
      `${at}.labels["app"]`,
      `${at}.labels["istio"]`,
      `${at}.labels["topology.istio.io/network"]`,
    ]);
    assert.deepEqual(places({ gateway: { shareWith: "istio-ingress", minReplicas: 3 } }), [`${at}.shareWith`]);
    assert.deepEqual(places({ gateway: { minReplicas: 3, maxReplicas: 2 } }), [`${at}.minReplicas`]);
  });

  it("refuses an ingress with its name or its label", () => {
    const named = gateway({ name: "istio-eastwestgateway" });
    const labelled = gateway({ name: "public", selector: { app: "public", istio: "eastwestgateway" } });
    assert.deepEqual(places({}, { gateways: [gateway(), named] }), ["multiCluster.eastWest"]);
    assert.deepEqual(places({}, { gateways: [labelled] }), ["multiCluster.eastWest"]);
    assert.deepEqual(places({}, { gateways: [gateway()] }), []);
  });
});

describe("resolveAllowed", () => {
  const context = { path: "p", listeners: 1 };
  const placesOfRanges = (...ranges: readonly string[]) =>
    placesOf(resolveAllowed({ allowedCidrs: [...ranges] }, context));

  it("lets nobody in without the block, and wants somebody with it", () => {
    assert.deepEqual(resolveAllowed(undefined, context), { settings: [], problems: [], warnings: [] });
    assert.deepEqual(placesOf(resolveAllowed({}, context)), ["p"]);
    assert.deepEqual(placesOf(resolveAllowed({ allowedCidrs: [], allowedSecurityGroupIds: [] }, context)), ["p"]);
  });

  it("takes ranges of both families and security groups", () => {
    const args = { allowedCidrs: ["10.1.0.0/16", "2001:db8::/48"], allowedSecurityGroupIds: ["sg-peer"] };
    const { settings, problems } = resolveAllowed(args, context);
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, [
      { kind: "ipv4", cidr: "10.1.0.0/16" },
      { kind: "ipv6", cidr: "2001:db8::/48" },
      { kind: "security-group", id: "sg-peer" },
    ]);
    assert.deepEqual(resolveAllowed({ allowedSecurityGroupIds: ["sg-peer"] }, context).problems, []);
  });

  it("refuses ranges wider than /8 of IPv4 and /32 of IPv6", () => {
    assert.deepEqual(placesOfRanges("10.0.0.0/8", "2001:db8::/32"), []);
    assert.deepEqual(placesOfRanges("10.0.0.0/8", "10.0.0.0/7"), ["p.allowedCidrs[1]"]);
    assert.deepEqual(placesOfRanges("2001:db8::/31"), ["p.allowedCidrs[0]"]);
  });
});

describe("The gateway of ambient mode", () => {
  const ambient = { mode: "ambient" as const };

  it("has pods that istiod creates, chosen by the name of their Gateway", () => {
    const { gateway: found } = resolve({}, ambient);
    assert.deepEqual([found.routing, found.createdBy, found.service], ["gateway-api", "istiod", "ours"]);
    assert.deepEqual(found.selector, { "gateway.networking.k8s.io/gateway-name": "istio-eastwestgateway" });
  });

  it("has as many labels as the Gateway API allows", () => {
    const labels = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, place) => [`l${place}`, "x"]));
    assert.deepEqual(places({ gateway: { labels: labels(8) } }, ambient), []);
    assert.deepEqual(places({ gateway: { labels: labels(9) } }, ambient), ["multiCluster.eastWest.gateway.labels"]);
    assert.deepEqual(places({ gateway: { labels: labels(9) } }), []);
    assert.deepEqual(places({ gateway: {} }, ambient), []);
  });
});

describe("The ranges of an east-west gateway", () => {
  const warned = (args: EastWestArgs) => resolve(args).warnings.join("\n");
  const nat = ["3.120.1.4/32"];

  it("are private ones before an internal load balancer, and public ones before an internet-facing one", () => {
    assert.equal(warned({}), "");
    assert.match(
      warned({ allowedCidrs: [...allowedCidrs, ...nat] }),
      /so that 3\.120\.1\.4\/32 may let nobody in\. Write the ranges/,
    );
    const scheme = "internet-facing";
    assert.equal(warned({ scheme, allowedCidrs: nat }), "");
    assert.match(warned({ scheme }), /so that 10\.1\.0\.0\/16 may let nobody in\. Write those of their NAT gateways/);
  });
});

describe("The ranges of a flat network", () => {
  it("may be of one family, or of both: they are those of pods, and not of clients of a load balancer", () => {
    for (const ranges of [["10.1.0.0/16"], ["2001:db8::/48"], ["10.1.0.0/16", "2001:db8::/48"]]) {
      const { problems, warnings } = resolveAllowed({ allowedCidrs: ranges }, { path: "p", listeners: 1 });
      assert.deepEqual([problems, warnings], [[], []], String(ranges));
    }
  });
});
