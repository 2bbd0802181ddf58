import assert from "node:assert/strict";
import { kubeconfigText } from "../../components/multi-cluster/peer-kubeconfig";
import { planRemoteGateway } from "../../components/multi-cluster/remote-gateway-plan";
import type { MeshMembership } from "../../components/plan/multi-cluster";

const west: MeshMembership = {
  ...{ meshId: "production", clusterName: "West_1", network: "vpc-west", trustDomain: "cluster.local" },
  ...{ trustDomainAliases: [], hasGateway: true, mode: "ambient" },
};
const access = { endpoint: "https://west", certificateAuthority: "Y2E=", token: "t", root: "" };
const gateway = { address: "west.elb.amazonaws.com", namespace: "istio-eastwest" };
const plan = planRemoteGateway(
  { name: "West_1", kubeconfig: "later" },
  { name: "remote-gateway-West_1", namespace: "istio-eastwest", after: ["istiod"] },
);

describe("planRemoteGateway", () => {
  it("has a name that Kubernetes accepts, and the service account by which ztunnel knows the pods of the gateway", () => {
    const { name, namespace, after, objectName, annotations, kubeconfig } = plan;
    assert.deepEqual([name, namespace, after], ["remote-gateway-West_1", "istio-eastwest", ["istiod"]]);
    assert.match(objectName, /^istio-remote-gateway-[a-z0-9-]+$/);
    assert.deepEqual(annotations, { "gateway.istio.io/service-account": "istio-eastwestgateway" });
    assert.equal(kubeconfig, "later");
    assert.deepEqual(plan.labelsOf("vpc-west"), { "topology.istio.io/network": "vpc-west" });
  });

  it("takes network and address from the kubeconfig of the peer, and no secret", () => {
    const found = plan.gatewayOf(kubeconfigText(west, { ...access, gateway }));
    assert.deepEqual(found, { network: "vpc-west", address: "west.elb.amazonaws.com" });
    assert.deepEqual(plan.gatewayOf("[secret]"), { network: "[secret]", address: "[secret]" });
  });

  it("stops at a kubeconfig that does not have them, with what to do and without its text", () => {
    for (const text of ["kind: Config", kubeconfigText(west, { ...access, token: "hunter2" })]) {
      assert.throws(
        () => plan.gatewayOf(text),
        (error: Error) => {
          assert.match(error.message, /1 problem in multiCluster[\s\S]*peers\.West_1\.kubeconfig/);
          assert.match(error.message, /write the output peerAccess of the peer's mesh, and run pulumi up there first/);
          assert.ok(!error.message.includes("hunter2"));
          return true;
        },
      );
    }
  });
});
