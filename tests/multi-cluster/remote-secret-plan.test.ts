import assert from "node:assert/strict";
import { kubeconfigText } from "../../components/multi-cluster/peer-kubeconfig";
import { planReaderToken, planRemoteSecret } from "../../components/multi-cluster/remote-secret-plan";
import type { MeshMembership } from "../../components/plan/multi-cluster";
import { pem } from "../support/certificates";

const east: MeshMembership = {
  ...{ meshId: "production", clusterName: "east", network: "vpc", trustDomain: "cluster.local" },
  ...{ trustDomainAliases: [], hasGateway: false, mode: "sidecar" },
};
const place = { namespace: "istio-system", after: ["istiod"] };
const plan = (name: string, kubeconfig: string | Promise<string> = "[secret]") =>
  planRemoteSecret(
    { name, kubeconfig },
    {
      ...place,
      name: "remote-secret-x",
      membership: east,
      root: pem("root"),
      vpc: undefined,
      gatewayNamespace: undefined,
    },
  );

describe("planReaderToken", () => {
  it("is a Secret that Kubernetes fills, another one for each generation", () => {
    assert.deepEqual(planReaderToken("reader-token-2", 2, place), {
      name: "reader-token-2",
      after: ["istiod"],
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "istio-reader-service-account-istio-remote-secret-token-2",
        namespace: "istio-system",
        annotations: { "kubernetes.io/service-account.name": "istio-reader-service-account" },
      },
      body: { type: "kubernetes.io/service-account-token" },
    });
  });
});

describe("planRemoteSecret", () => {
  it("keeps the kubeconfig as it is given, and the name of the peer in the name of the Secret", () => {
    const kubeconfig = Promise.resolve("later");
    const secret = plan("west", kubeconfig);
    assert.equal(secret.kubeconfig, kubeconfig);
    assert.deepEqual(
      [secret.name, secret.peer, secret.secretName, secret.namespace, secret.after, secret.root],
      ["remote-secret-x", "west", "istio-remote-secret-west", "istio-system", ["istiod"], pem("root")],
    );
  });

  it("has a name that Kubernetes takes for any name of an EKS cluster", () => {
    const names = ["West_1", "west_1", "west-1"].map((name) => plan(name).secretName);
    for (const name of names) assert.match(name, /^istio-remote-secret-west-1(-[0-9a-f]{8})?$/);
    assert.equal(new Set(names).size, 3);
    assert.equal(names[2], "istio-remote-secret-west-1");
  });

  it("compares the peer once its kubeconfig is known, with the root that is known then", () => {
    const access = { endpoint: "https://west", certificateAuthority: "Y2E=", token: "t", root: pem("root") };
    const kubeconfig = kubeconfigText({ ...east, clusterName: "west" }, access);
    const { contentOf } = plan("west");
    assert.equal(contentOf({ kubeconfig, root: pem("root") }), kubeconfig);
    assert.throws(() => contentOf({ kubeconfig, root: pem("otherRoot") }), /another root certificate/);
    assert.throws(() => contentOf({ kubeconfig: "./kubeconfig", root: "" }), /peers\.west\.kubeconfig/);
  });

  it("does not compare the text that stands for an encrypted one in a plan", () => {
    assert.equal(plan("west").contentOf({ kubeconfig: "[secret]", root: pem("root") }), "[secret]");
  });
});
