import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planMeshCleanup } from "../../components/cleanup/mesh-cleanup-plan";
import { clusterFacts, settingsOf } from "../support/settings";

const created = { cluster: clusterFacts, groups: { "istio-ingress": "sg-1", shop: "sg-2" }, names: ["a", "b"] };

function plan(args: Partial<IstioMeshArgs>) {
  const [cleanup, ...more] = planMeshCleanup(settingsOf(args), created);
  assert.deepEqual(more, []);
  assert.ok(cleanup);
  return cleanup;
}

describe("planMeshCleanup", () => {
  it("stays, and does nothing, if it is switched off: Pulumi runs the delete of a command that leaves the program", () => {
    const { name, after, create, delete: onDelete, environment, kubeconfig } = plan({ cleanup: { enabled: false } });
    assert.deepEqual({ name, after }, { name: plan({}).name, after: plan({}).after });
    assert.deepEqual([create, onDelete, environment, kubeconfig], [":", ":", {}, ""]);
  });

  it("comes after everything made", () => assert.deepEqual(plan({}).after, ["a", "b"]));

  it("empties the namespaces that the mesh makes, those of applications too", () => {
    const args: Partial<IstioMeshArgs> = {
      ingress: { strategy: "nlb", gateway: { namespace: "edge" } },
      namespaces: { shop: {}, foreign: { create: false } },
    };
    assert.equal(plan(args).environment["NAMESPACES"], "istio-system edge shop");
    assert.equal(plan(args).environment["OBJECTS"], "");
  });

  it("removes only its own objects where someone else owns the namespace", () => {
    const args: Partial<IstioMeshArgs> = {
      istio: { profile: "empty" },
      ingress: { strategy: "nlb" },
      additionalIngresses: { shop: { strategy: "alb", gateway: { shareWith: "istio-ingress" } } },
    };
    assert.equal(plan(args).environment["NAMESPACES"], "");
    assert.equal(plan(args).environment["OBJECTS"], "Service/istio-ingress@istio-ingress Ingress/shop@istio-ingress");
  });

  it("asks for the aws command where the kubeconfig will call it for credentials", () => {
    assert.match(plan({}).create, /command -v 'aws'/);
    assert.doesNotMatch(plan({ cluster: { name: "prod", kubeconfig: "k" } }).create, /command -v 'aws'/);
  });

  it("watches the network interfaces of every load balancer's group", () => {
    const args = { cleanup: { waitForNetworkInterfaces: true } };
    assert.deepEqual(plan(args).joined, { SECURITY_GROUPS: ["sg-1", "sg-2"] });
    assert.equal(plan(args).environment["REGION"], "eu-central-1");
  });

  it("knows who should be there to remove load balancers", () => {
    assert.equal(plan({ loadBalancerController: "eks-auto-mode" }).environment["CONTROLLER"], "eks-auto-mode");
  });
});
