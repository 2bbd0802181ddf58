import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { ownNamespaces, planNamespaces } from "../../components/control-plane/namespaces/namespaces-plan";
import { settingsOf } from "../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const ambient: Args = { mode: "ambient" };

describe("resolveMeshNamespaces", () => {
  it("counts the control plane's and the gateways' namespaces, each once", () => {
    const args: Args = {
      ingress: nlb,
      additionalIngresses: { shop: nlb, edge: { ...nlb, gateway: { namespace: "edge" } } },
    };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-system", "istio-ingress", "edge"]);
  });

  it("counts none where someone else runs Istio and the gateway", () => {
    assert.deepEqual(ownNamespaces(settingsOf({ istio: { profile: "empty" }, ingress: nlb })), []);
  });

  it("counts the gateway's where istiod makes its pods from our Gateway, whoever runs istiod", () => {
    const args: Args = { istio: { profile: "empty" }, ingress: { ...nlb, routing: "gateway-api" } };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-ingress"]);
  });

  it("counts a namespace once that holds both", () => {
    const args: Args = { ingress: { ...nlb, gateway: { namespace: "istio-system" } } };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-system"]);
  });

  it("holds new gateway pods back until the NLB finds them healthy, by the label that the controller reads", () => {
    const labels = (args: Args) =>
      planNamespaces(settingsOf(args)).flatMap(({ metadata }) => Object.entries(metadata.labels ?? {}));
    const gate = ["elbv2.k8s.aws/pod-readiness-gate-inject", "enabled"];
    assert.deepEqual(labels({ ingress: nlb }), [gate]);
    const autoMode = { ingress: nlb, loadBalancerController: "eks-auto-mode" } as const;
    assert.deepEqual(labels(autoMode), [["eks.amazonaws.com/pod-readiness-gate-inject", "enabled"]]);
    const shared: Args = {
      ingress: { strategy: "alb" },
      additionalIngresses: { inside: { ...nlb, gateway: { shareWith: "istio-ingress" } } },
    };
    assert.deepEqual(labels(shared), [gate]);
  });

  it("holds none back behind node ports, whose targets are nodes", () => {
    const labels = (args: Args) => planNamespaces(settingsOf(args)).map(({ metadata }) => metadata.labels);
    assert.deepEqual(labels({ ingress: { strategy: "alb" } }), [undefined, undefined]);
    assert.deepEqual(labels({ ingress: { ...nlb, nlb: { targetType: "instance" } } }), [undefined, undefined]);
    const apart: Args = {
      ingress: { strategy: "alb" },
      additionalIngresses: { edge: { ...nlb, gateway: { namespace: "edge" } } },
    };
    assert.deepEqual(labels(apart).slice(0, 2), [undefined, undefined]);
  });

  it("admits the privileged agents of cni and ztunnel, in the control plane's namespace only", () => {
    const labels = (args: Args) =>
      planNamespaces(settingsOf({ ingress: { strategy: "alb" }, ...args })).map(({ metadata }) => metadata.labels);
    const privileged = { "pod-security.kubernetes.io/enforce": "privileged" };
    assert.deepEqual(labels(ambient), [privileged, undefined]);
    assert.deepEqual(labels({ istio: { sidecarCni: true } }), [privileged, undefined]);
    assert.deepEqual(labels({}), [undefined, undefined]);
  });

  it("admits none in a namespace that someone else's agents do not live in", () => {
    const args: Args = {
      ...ambient,
      istio: { profile: "empty" },
      ingress: { strategy: "alb", gateway: { namespace: "istio-system" } },
    };
    assert.deepEqual(
      planNamespaces(settingsOf(args)).map(({ metadata }) => metadata),
      [{ name: "istio-system" }],
    );
  });
});
