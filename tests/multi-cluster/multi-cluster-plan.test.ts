import assert from "node:assert/strict";
import type { MultiClusterArgs } from "../../components";
import {
  eastWestAddress,
  eastWestGateway,
  planEastWestGroups,
  planEastWestReleases,
  planEastWestService,
  planMultiClusterObjects,
  planMultiClusterRules,
  planPeerAccess,
  planRemoteGateways,
  planRemoteSecrets,
  planVpc,
} from "../../components/multi-cluster/multi-cluster-plan";
import type { MeshSettings } from "../../components/plan/settings";
import { givenAuthority } from "../support/certificates";
import { clusterFacts, settingsOf } from "../support/settings";

const mesh = (multiCluster: Partial<MultiClusterArgs>) =>
  settingsOf({
    security: { certificateAuthority: givenAuthority },
    tags: { Team: "a" },
    multiCluster: { meshId: "production", ...multiCluster },
  });
const reached = (changes: Partial<MultiClusterArgs> = {}) =>
  mesh({ eastWest: { allowedCidrs: ["10.1.0.0/16"] }, ...changes });
const flat = (changes: Partial<MultiClusterArgs> = {}) => mesh({ network: "vpc", ...changes });
const alone = settingsOf();
const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

describe("A mesh without an east-west gateway", () => {
  it("has no group, Service, release or address for one", () => {
    for (const settings of [alone, flat()]) {
      assert.deepEqual(planEastWestGroups(settings, clusterFacts), []);
      assert.deepEqual(planEastWestService(settings, clusterFacts, "sg-lb"), []);
      assert.deepEqual(planEastWestReleases(settings), []);
      assert.deepEqual(eastWestAddress(settings), {});
      assert.deepEqual(eastWestGateway(settings.multiCluster), []);
      assert.deepEqual(planMultiClusterRules(settings, clusterFacts, "sg-lb"), []);
    }
  });

  it("still has a token for its peers; a mesh of one cluster has none, and no access", () => {
    assert.deepEqual(namesOf(planMultiClusterObjects(flat())), ["reader-token-1"]);
    assert.deepEqual(planMultiClusterObjects(alone), []);
    assert.equal(planPeerAccess(alone, clusterFacts, undefined), undefined);
    assert.deepEqual(planRemoteSecrets(alone, clusterFacts), []);
  });
});

describe("An east-west gateway", () => {
  it("has a security group and an address under its own name", () => {
    const [group, ...more] = planEastWestGroups(reached(), clusterFacts);
    assert.deepEqual(more, []);
    assert.equal(group?.name, "security-group-istio-eastwestgateway");
    assert.equal(group.vpcId, "vpc-1");
    assert.deepEqual(group.tags, { Name: "istio-eastwestgateway", Team: "a" });
    assert.deepEqual(eastWestAddress(reached()), { "istio-eastwestgateway": "service-istio-eastwestgateway" });
    assert.deepEqual(namesOf(eastWestGateway(reached().multiCluster)), ["istio-eastwestgateway"]);
  });

  it("lets peers in on 15443 alone, and the NLB to the pods on 15443 and 15021", () => {
    const rules = planMultiClusterRules(reached(), clusterFacts, "sg-lb");
    assert.deepEqual(
      rules.map(({ direction, securityGroupId, port, peer }) => [direction, securityGroupId, port, peer]),
      [
        ["ingress", "sg-lb", 15443, { cidrIpv4: "10.1.0.0/16" }],
        ["egress", "sg-lb", 15443, { securityGroupId: "sg-cluster" }],
        ["ingress", "sg-cluster", 15443, { securityGroupId: "sg-lb" }],
        ["egress", "sg-lb", 15021, { securityGroupId: "sg-cluster" }],
        ["ingress", "sg-cluster", 15021, { securityGroupId: "sg-lb" }],
      ],
    );
  });

  it("has its Service after its namespace and its rules", () => {
    const [service] = planEastWestService(reached({ network: "west" }), clusterFacts, "sg-lb");
    const rules = namesOf(planMultiClusterRules(reached(), clusterFacts, "sg-lb"));
    assert.equal(service?.name, "service-istio-eastwestgateway");
    assert.deepEqual(service.after, ["namespace-istio-eastwest", ...rules]);
    assert.deepEqual(service.metadata.labels, { "topology.istio.io/network": "west" });
  });

  it("waits for its group: without one there are neither rules nor a Service", () => {
    assert.deepEqual(planMultiClusterRules(reached(), clusterFacts, undefined), []);
    assert.deepEqual(planEastWestService(reached(), clusterFacts, undefined), []);
  });

  it("has its pods after istiod, and its Istio Gateway after its pods", () => {
    const [release] = planEastWestReleases(reached());
    assert.equal(release?.name, "gateway-istio-eastwestgateway");
    assert.deepEqual(release.after, ["namespace-istio-eastwest", "istiod"]);
    const [gateway, token] = planMultiClusterObjects(reached());
    assert.equal(gateway?.name, "istio-gateway-istio-eastwestgateway");
    assert.deepEqual(gateway.after, ["gateway-istio-eastwestgateway"]);
    assert.equal(token?.name, "reader-token-1");
  });
});

describe("Clusters of one network", () => {
  it("have rules for the pods of the peers, beside those of a gateway", () => {
    const flatNetwork = { allowedCidrs: ["10.2.0.0/16"] };
    const rule = "flat-network-rule-0/from-10.2.0.0/16";
    assert.deepEqual(namesOf(planMultiClusterRules(flat({ flatNetwork }), clusterFacts, undefined)), [rule]);
    const both = planMultiClusterRules(reached({ network: "vpc", flatNetwork }), clusterFacts, "sg-lb");
    assert.equal(both.length, 6);
    assert.equal(both[5]?.name, rule);
  });
});

describe("Peers", () => {
  it("have the token before the newest one too, once there is one", () => {
    assert.deepEqual(namesOf(planMultiClusterObjects(flat({ tokenGeneration: 2 }))), [
      "reader-token-1",
      "reader-token-2",
    ]);
    assert.deepEqual(namesOf(planMultiClusterObjects(flat({ tokenGeneration: 7 }))), [
      "reader-token-6",
      "reader-token-7",
    ]);
  });

  it("read the cluster with the newest token", () => {
    const access = planPeerAccess(flat({ tokenGeneration: 2 }), clusterFacts, undefined);
    assert.equal(access?.token, "reader-token-2");
    assert.equal(access.root, givenAuthority.root);
    assert.equal(access.apiServer.endpoint, "https://EXAMPLE.eks.amazonaws.com");
    const text = access.kubeconfigOf({ endpoint: "https://e", certificateAuthority: "Y2E=", root: "", token: "t" });
    const { users } = JSON.parse(text) as { readonly users: unknown };
    assert.deepEqual(users, [{ name: "prod", user: { token: "t" } }]);
  });

  it("compare VPCs where clusters can be on one network, and pods have IPv4 addresses of it", () => {
    const { vpcId, vpcCidr, vpcSecondaryCidrs } = clusterFacts;
    const [id, cidr, secondaryCidrs] = [vpcId(), vpcCidr(), vpcSecondaryCidrs()];
    const peers = { west: { kubeconfig: Promise.resolve("later") } };
    const vpcOf = (settings: MeshSettings) => [
      planPeerAccess(settings, clusterFacts, undefined)?.vpc,
      planRemoteSecrets(settings, clusterFacts)[0]?.vpc,
    ];
    const vpc = { id, cidr, secondaryCidrs };
    assert.deepEqual(vpcOf(flat({ peers })), [vpc, vpc]);
    assert.deepEqual(vpcOf(reached({ peers })), [undefined, undefined], "the network is this cluster's alone");
    const { cluster, ...rest } = flat({ peers });
    assert.deepEqual(vpcOf({ ...rest, cluster: { ...cluster, ipFamily: "ipv6" } }), [undefined, undefined]);
    assert.equal(planVpc(alone, clusterFacts), undefined);
  });

  it("are known after istiod, and after the gateway by which they reach the cluster", () => {
    const peers = { west: { kubeconfig: Promise.resolve("later") } };
    const [secret, ...more] = planRemoteSecrets(reached({ peers }), clusterFacts);
    assert.deepEqual(more, []);
    assert.deepEqual([secret?.name, secret?.namespace], ["remote-secret-west", "istio-system"]);
    const before = ["namespace-istio-system", "istiod"];
    assert.deepEqual(secret?.after, [...before, "istio-gateway-istio-eastwestgateway"]);
    assert.deepEqual(planRemoteSecrets(flat({ peers }), clusterFacts)[0]?.after, before);
  });
});

describe("An east-west gateway of ambient mode", () => {
  const ambient = (changes: Partial<MultiClusterArgs> = {}) =>
    settingsOf({
      mode: "ambient",
      security: { certificateAuthority: givenAuthority },
      multiCluster: { meshId: "production", eastWest: { allowedCidrs: ["10.1.0.0/16"] }, ...changes },
    });
  const peers = { west: { kubeconfig: Promise.resolve("later") } };

  it("is reached on 15008 alone, by a Service without the label of the network", () => {
    const rules = planMultiClusterRules(ambient(), clusterFacts, "sg-lb");
    assert.deepEqual(
      rules.map(({ direction, port }) => [direction, port]),
      [
        ["ingress", 15008],
        ["egress", 15008],
        ["ingress", 15008],
        ["egress", 15021],
        ["ingress", 15021],
      ],
    );
    const [service] = planEastWestService(ambient(), clusterFacts, "sg-lb");
    assert.equal(service?.metadata.labels?.["topology.istio.io/network"], undefined);
    const { ports, selector } = service?.body["spec"] as { readonly ports: unknown; readonly selector: unknown };
    assert.deepEqual(ports, [{ name: "hbone", port: 15008, targetPort: 15008, protocol: "TCP" }]);
    assert.deepEqual(selector, { "gateway.networking.k8s.io/gateway-name": "istio-eastwestgateway" });
  });

  it("is an object after the definitions and istiod, and no release", () => {
    assert.deepEqual(planEastWestReleases(ambient()), []);
    const [parameters, gateway, token] = planMultiClusterObjects(ambient());
    assert.deepEqual(
      [parameters, gateway, token].map((one) => one?.name),
      ["parameters-istio-eastwestgateway", "gateway-istio-eastwestgateway", "reader-token-1"],
    );
    const first = ["namespace-istio-eastwest", "crds", "istiod"];
    assert.deepEqual(gateway?.after, [...first, "parameters-istio-eastwestgateway"]);
  });

  it("is described for peers once its address is known; that of sidecars never is", () => {
    const gateway = { address: "a.elb.amazonaws.com", namespace: "istio-eastwest" };
    assert.deepEqual(planPeerAccess(ambient(), clusterFacts, gateway.address)?.gateway, gateway);
    assert.equal(planPeerAccess(ambient(), clusterFacts, undefined)?.gateway, undefined);
    assert.equal(planPeerAccess(reached(), clusterFacts, gateway.address)?.gateway, undefined);
  });

  it("is known of each peer before its Secret is there, and after the gateway of the cluster itself", () => {
    const settings = ambient({ peers });
    const [gateway, ...more] = planRemoteGateways(settings);
    assert.deepEqual(more, []);
    assert.equal(gateway?.name, "remote-gateway-west");
    assert.equal(gateway.namespace, "istio-eastwest");
    assert.deepEqual(gateway.after, ["namespace-istio-eastwest", "istiod", "gateway-istio-eastwestgateway"]);
    const [secret] = planRemoteSecrets(settings, clusterFacts);
    const place = ["namespace-istio-system", "istiod", "gateway-istio-eastwestgateway", "remote-gateway-west"];
    assert.deepEqual(secret?.after, place);
    assert.deepEqual(planRemoteGateways(reached({ peers })), []);
    assert.deepEqual(planRemoteGateways(alone), []);
  });
});
