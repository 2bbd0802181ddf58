import assert from "node:assert/strict";
import { checkConfigKeys, sealLeaves } from "../components/stack-config";

describe("checkConfigKeys", () => {
  const told = (...keys: readonly string[]) =>
    checkConfigKeys("istio-mesh", keys).map((one) => `${one.path}: ${one.remedy}`);

  it("takes the one key that holds the mesh, and the keys of other providers", () => {
    assert.deepEqual(told("istio-mesh:mesh", "aws:region", "pulumi:tags", "istio-mesh-other:x"), []);
  });

  it("has a member of the arguments moved below that key, and says by which command", () => {
    assert.deepEqual(told("istio-mesh:cluster"), [
      "istio-mesh:cluster: move it below istio-mesh:mesh, such as: pulumi config set --path mesh.cluster …",
    ]);
  });

  it("finds the key behind a slip of the finger", () => {
    assert.deepEqual(told("istio-mesh:mehs", "istio-mesh:Mesh", "istio-mesh:msh"), [
      "istio-mesh:mehs: move it below istio-mesh:mesh, such as: pulumi config set --path mesh.mehs …",
      'istio-mesh:Mesh: did you mean "istio-mesh:mesh"?',
      'istio-mesh:msh: did you mean "istio-mesh:mesh"?',
    ]);
  });

  it("says what is given and allowed, and shows no value: it may be a secret", () => {
    const [found] = checkConfigKeys("istio-mesh", ["istio-mesh:mode"]);
    assert.equal(found?.given, '"a configuration key"');
    assert.equal(found?.allowed, "istio-mesh:mesh, which holds all arguments of the mesh");
  });
});

describe("sealLeaves", () => {
  const seal = (text: string) => ({ sealed: text });
  const sealed = (text: string) => ({ sealed: text });

  it("hides what may be secret: kubeconfig, ids, ARNs, tags, and what Istio is told", () => {
    const args = {
      cluster: { name: "prod", kubeconfig: "k", vpcId: "vpc-1", securityGroupId: "sg-1" },
      tags: { Owner: "a" },
      istio: { values: { istiod: { env: { TOKEN: "t" }, list: ["x"] } }, meshConfig: { accessLogFile: "f" } },
      ingress: { tls: { certificateArn: "arn" }, alb: { webAclArn: "acl" }, dns: { zoneId: "Z1" } },
      additionalIngresses: { shop: { dns: { zoneId: "Z2" } } },
    };
    assert.deepEqual(sealLeaves(args, seal), {
      cluster: {
        name: sealed("prod"),
        kubeconfig: sealed("k"),
        vpcId: sealed("vpc-1"),
        securityGroupId: sealed("sg-1"),
      },
      tags: { Owner: sealed("a") },
      istio: {
        values: { istiod: { env: { TOKEN: sealed("t") }, list: [sealed("x")] } },
        meshConfig: { accessLogFile: sealed("f") },
      },
      ingress: {
        tls: { certificateArn: sealed("arn") },
        alb: { webAclArn: sealed("acl") },
        dns: { zoneId: sealed("Z1") },
      },
      additionalIngresses: { shop: { dns: { zoneId: sealed("Z2") } } },
    });
  });

  it("leaves readable whatever decides which resources exist", () => {
    const args = {
      mode: "ambient",
      ingress: { strategy: "nlb", hostnames: ["app.example.com"], dns: { zoneName: "example.com" } },
      istio: { version: "1.31.1", revisionTags: ["prod"] },
      namespaces: { name: { labels: { team: "a" } } },
      cleanup: { kubectl: "kubectl", timeoutSeconds: 60, enabled: true },
      nothing: null,
    };
    assert.deepEqual(sealLeaves(args, seal), args);
  });
});
