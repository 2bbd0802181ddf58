import assert from "node:assert/strict";
import { type Case, refuses, made, overlay } from "../support/cases";
import { memberAt } from "../support/recorded";

describe("Cases: nodes, namespaces and pods", () => {
  const notOnFargate = { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] };
  const terms = ({ input }: Case, release: string) =>
    input(release, "values.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");

  it("09: refuses values of a chart that makes no gateway, and names the members that place its pods", async () => {
    await refuses("09-gateway-nodes-ambient", {
      "istio.values.gateway.nodeSelector": "remove it and use gateway.nodeSelector of the ingress, for both routings",
      "istio.values.gateway.tolerations": "remove it and use gateway.tolerations of the ingress, for both routings",
    });
  });

  it("09b: those members place the pods that istiod makes", async () => {
    const pod = memberAt(overlay(await made("09b-gateway-nodes-members"), "deployment"), "spec.template.spec");
    assert.deepEqual(memberAt(pod, "nodeSelector"), { role: "edge", "kubernetes.io/arch": "arm64" });
    assert.equal(memberAt(pod, "tolerations[0].value"), "edge");
  });

  it("11: refuses the mesh's own namespaces among those of applications, and names the members for them", async () => {
    await refuses("11-platform-namespaces", {
      "namespaces.istio-system": "remove it, and use istio.createNamespace and istio.namespaceLabels",
      "namespaces.istio-ingress":
        "remove it, and use gateway.createNamespace and gateway.namespaceLabels of its ingress",
    });
  });

  it("11b: labels the namespaces of others, and creates none", async () => {
    const { find, input } = await made("11b-platform-namespaces-members");
    for (const [name, label] of [
      ["mesh-namespace-istio-system", { "pod-security.kubernetes.io/enforce": "privileged" }],
      ["mesh-namespace-istio-ingress", { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" }],
    ] as const) {
      assert.match(find(name).type, /:NamespacePatch$/);
      assert.deepEqual(input(name, "metadata.labels"), label);
    }
  });

  it("13: keeps the DaemonSets off Fargate", async () => {
    const found = await made("13-mixed-fargate-ambient");
    for (const release of ["mesh-cni", "mesh-ztunnel"])
      assert.deepEqual(terms(found, release), [{ matchExpressions: [notOnFargate] }], release);
  });

  it("13b: keeps each of the user's alternatives off Fargate", async () => {
    assert.deepEqual(terms(await made("13b-cni-on-node-pools"), "mesh-cni"), [
      { matchExpressions: [{ key: "karpenter.sh/nodepool", operator: "Exists" }, notOnFargate] },
      { matchExpressions: [{ key: "role", operator: "In", values: ["a"] }, notOnFargate] },
    ]);
  });

  it("20: refuses sidecars with an init container where Pod Security refuses it", async () => {
    await refuses("20-psa-sidecar", {
      'namespaces.shop.labels["pod-security.kubernetes.io/enforce"]':
        "write istio.sidecarCni: true, with which no pod needs such a container",
    });
  });

  it("20b: takes the same levels in ambient mode, but for the profile that a waypoint lacks", async () => {
    const found = await made("20b-psa-ambient");
    assert.equal(found.warnings.filter((line) => /^namespaces\./.test(line)).length, 1);
    assert.match(
      found.warnings.join("\n"),
      /^namespaces\.istio-system2\..* set istio\.values\.istiod\.gateways\.seccompProfile/m,
    );
  });
});
