import assert from "node:assert/strict";
import fc from "fast-check";
import type { IstioMeshArgs } from "../components";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import { combinations, wholeMesh } from "./support/args";
import { recordMesh, recordWholeMesh } from "./support/recorded";

const namesOf = async (args: IstioMeshArgs) => (await recordMesh(args)).resources.map(({ name }) => name);

describe("The logical names of an IstioMesh", () => {
  it("are contract: another name is another resource, and another load balancer address", async () => {
    const names = await namesOf({
      ...wholeMesh({ mode: "ambient", strategy: "nlb", routing: "gateway-api" }),
      additionalIngresses: { inner: { strategy: "alb", hostnames: ["in.example.com"], routing: "istio" } },
    });
    assert.deepEqual(names.sort(), [
      "mesh",
      "mesh-a-record-app.example.com",
      "mesh-base",
      "mesh-certificate-istio-ingress",
      "mesh-cleanup",
      "mesh-cni",
      "mesh-crds",
      "mesh-crds-provider",
      "mesh-enrolment-legacy",
      "mesh-enrolment-shop",
      "mesh-envoyfilter-istio-ingress",
      "mesh-gateway-inner",
      "mesh-gateway-istio-ingress",
      "mesh-ingress-inner",
      "mesh-issued-certificate-istio-ingress",
      "mesh-istio-gateway-inner",
      "mesh-istiod",
      "mesh-kubernetes",
      "mesh-namespace-istio-ingress",
      "mesh-namespace-istio-system",
      "mesh-namespace-shop",
      "mesh-node-rule-sg-0123456789abcdef0/15008-from-sg-0123456789abcdef0",
      "mesh-node-rule-sg-0123456789abcdef0/15012-from-sg-0123456789abcdef0",
      "mesh-node-rule-sg-0123456789abcdef0/15014-from-sg-0123456789abcdef0",
      "mesh-node-rule-sg-0123456789abcdef0/15020-from-sg-0123456789abcdef0",
      "mesh-node-rule-sg-0123456789abcdef0/15021-from-sg-0123456789abcdef0",
      "mesh-node-rule-sg-0123456789abcdef0/80-from-sg-0123456789abcdef0",
      "mesh-parameters-istio-ingress",
      "mesh-redirect-istio-ingress",
      "mesh-rule-inner/http-from-vpc",
      "mesh-rule-inner/http2-into-sg-0123456789abcdef0",
      "mesh-rule-inner/http2-to-sg-0123456789abcdef0",
      "mesh-rule-inner/status-port-into-sg-0123456789abcdef0",
      "mesh-rule-inner/status-port-to-sg-0123456789abcdef0",
      "mesh-rule-istio-ingress/http-from-0.0.0.0/0",
      "mesh-rule-istio-ingress/http2-into-sg-0123456789abcdef0",
      "mesh-rule-istio-ingress/http2-to-sg-0123456789abcdef0",
      "mesh-rule-istio-ingress/https-from-0.0.0.0/0",
      "mesh-rule-istio-ingress/https-into-sg-0123456789abcdef0",
      "mesh-rule-istio-ingress/https-to-sg-0123456789abcdef0",
      "mesh-rule-istio-ingress/status-port-into-sg-0123456789abcdef0",
      "mesh-rule-istio-ingress/status-port-to-sg-0123456789abcdef0",
      "mesh-security-group-inner",
      "mesh-security-group-istio-ingress",
      "mesh-service-inner",
      "mesh-service-istio-ingress",
      "mesh-validation-record-app.example.com",
      "mesh-webhook-rule-sg-0123456789abcdef0",
      "mesh-ztunnel",
    ]);
  });

  it("carry the revision of a control plane, so that promoting a canary replaces nothing", async () => {
    const upgrading = await namesOf({
      mode: "sidecar",
      cluster: { name: "prod" },
      istio: { revision: "old", version: "1.30.4", canary: { revision: "new", version: "1.31.1" } },
    });
    const promoted = await namesOf({
      mode: "sidecar",
      cluster: { name: "prod" },
      istio: { revision: "new", version: "1.31.1" },
    });
    assert.deepEqual(
      upgrading.filter((name) => !promoted.includes(name)),
      ["mesh-istiod-old"],
    );
    assert.deepEqual(
      promoted.filter((name) => !upgrading.includes(name)),
      [],
    );
  });

  it("do not change when an entry is added at the front of a list", async () => {
    const withCidrs = (allowedCidrs: string[]) =>
      namesOf({ mode: "sidecar", cluster: { name: "prod" }, ingress: { strategy: "nlb", allowedCidrs } });
    const before = await withCidrs(["10.0.0.0/16"]);
    const after = await withCidrs(["192.0.2.0/24", "10.0.0.0/16"]);
    assert.deepEqual(
      before.filter((name) => !after.includes(name)),
      [],
    );
  });

  it("begin with the mesh's own, so that two meshes can live in one program", async () => {
    for (const combination of combinations) {
      const { resources } = await recordWholeMesh(combination);
      const names = resources.map(({ name }) => name);
      assert.deepEqual(
        names.filter((name) => !/^mesh(-|$)/.test(name)),
        [],
      );
    }
  });

  it("are unique, whatever names the user chooses", async () => {
    // Short ones out of few letters, and the nouns that the mesh itself uses: these meet, if any do.
    const name = fc.oneof(
      fc.stringMatching(/^[ab]{1,2}(-[ab]{1,2})?$/),
      fc.constantFrom("gateway", "service", "class-a", "istio-gateway", "record", "rule", "namespace", "cleanup"),
    );
    const host = fc.constantFrom("a.example.com", "*.example.com", "example.com");
    const hostnames = fc.uniqueArray(host, { maxLength: 3 });
    const ingress = fc.record({ strategy: fc.constantFrom("nlb" as const, "alb" as const), hostnames });
    const mesh = fc.record({
      mode: fc.constantFrom("sidecar" as const, "ambient" as const),
      cluster: fc.constant({ name: "prod" }),
      additionalIngresses: fc.dictionary(name, ingress, { maxKeys: 4 }),
      namespaces: fc.dictionary(name, fc.constant({}), { maxKeys: 3 }),
    });
    let checked = 0;
    const property = fc.asyncProperty(mesh, async (args) => {
      if (resolveIstioMesh(args).problems.length > 0) return;
      checked += 1;
      const names = await namesOf(args);
      assert.deepEqual(
        names.filter((one, index) => names.indexOf(one) !== index),
        [],
      );
    });
    await fc.assert(property, { numRuns: 15 });
    assert.ok(checked > 5, `only ${checked} of 15 arguments were valid`);
  });
});
