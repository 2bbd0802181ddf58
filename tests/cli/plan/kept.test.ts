import assert from "node:assert/strict";
import { inWaves } from "../../../cli/plan/graph";
import { cleanupSeconds, keptOf } from "../../../cli/plan/kept";
import { dependentsOf, removalOf } from "../../../cli/plan/removal";
import { smallest } from "../../support/args";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

const retained = { options: { retainOnDelete: true } };

describe("keptOf", () => {
  it("is what Pulumi keeps, what Helm and istiod leave, and namespaces of others", async () => {
    const args = { mode: "ambient", cluster: { name: "prod" }, ingress: { strategy: "nlb", routing: "gateway-api" } };
    const plan = await planOf({ ...args, namespaces: { shop: {}, legacy: { create: false } } });
    const whats = keptOf(plan.resources).map(({ what }) => what.replace(/https:.*(?=\))/, "…"));
    assert.deepEqual(whats, [
      "mesh-crds (…)",
      "Istio's CustomResourceDefinitions",
      "ConfigMaps istio-ca-root-cert and istio-ca-crl in other namespaces",
      "GatewayClasses istio, istio-remote and istio-waypoint",
      "namespace legacy",
    ]);
    assert.deepEqual(keptOf([]), []);
  });

  it("is a class more with an east-west gateway of ambient mode", async () => {
    const multiCluster = { meshId: "production", eastWest: { allowedCidrs: ["10.1.0.0/16"] } };
    const security = { certificateAuthority: { secretName: "cacerts" } };
    const kept = async (mode: string) =>
      keptOf((await planOf({ ...smallest, mode, security, multiCluster })).resources);
    const ofEastWest = ({ what }: { readonly what: string }) => what === "GatewayClass istio-east-west";
    assert.ok((await kept("ambient")).some(ofEastWest));
    assert.ok(!(await kept("sidecar")).some(ofEastWest));
  });
});

describe("removalOf", () => {
  it("leaves out what is kept, which nothing waits for", () => {
    const nodes = inWaves([
      madeUp("a"),
      madeUp("kept", { ...retained, dependsOn: ["a"] }),
      madeUp("b", { dependsOn: ["kept"] }),
    ]);
    const { resources, kept } = removalOf(madeUpPlan(nodes));
    assert.deepEqual(
      resources.map(({ name }) => name),
      ["b", "a"],
    );
    assert.equal(kept?.length, 1);
    assert.deepEqual([...dependentsOf(nodes)], [["kept", ["b"]]]);
  });
});

describe("cleanupSeconds", () => {
  it("is the time-out of a cleanup that removes something", async () => {
    const seconds = async (cleanup: object) => {
      const { resources } = await planOf({ ...smallest, cleanup });
      return resources.flatMap((node) => cleanupSeconds(node) ?? []);
    };
    assert.deepEqual(await seconds({ timeoutSeconds: 900 }), [900]);
    assert.deepEqual(await seconds({ enabled: false }), []);
  });
});
