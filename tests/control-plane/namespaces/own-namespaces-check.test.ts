import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../../components";
import { planMeshCleanup } from "../../../components/cleanup/cleanup-plan";
import {
  afterNamespace,
  ownNamespaces,
  planNamespaces,
} from "../../../components/control-plane/namespaces/namespaces-plan";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import { clusterFacts, onlyProblem, placesOf, settingsOf } from "../../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const resolve = (args: Args) => resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, ...args });
const theirs: Args = {
  mode: "ambient",
  istio: { createNamespace: false },
  ingress: { ...nlb, gateway: { createNamespace: false, namespaceLabels: { team: "edge" } } },
};

describe("namespaces that others own", () => {
  it("get the mesh's labels and the user's, and nothing else: no namespace is made", () => {
    assert.deepEqual(
      planNamespaces(settingsOf(theirs)).map(({ name, patch, metadata }) => ({ name, patch, ...metadata.labels })),
      [
        { name: "namespace-istio-system", patch: true, "pod-security.kubernetes.io/enforce": "privileged" },
        {
          ...{ name: "namespace-istio-ingress", patch: true },
          ...{ "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled", team: "edge" },
        },
      ],
    );
    assert.deepEqual(ownNamespaces(settingsOf(theirs)), []);
  });

  it("are labelled before what lives in them, and waited for by nothing where there is no label", () => {
    assert.deepEqual(afterNamespace(settingsOf(theirs), "istio-ingress"), ["namespace-istio-ingress"]);
    assert.deepEqual(afterNamespace(settingsOf({ istio: { createNamespace: false } }), "istio-system"), []);
  });

  it("keep what the mesh has not made when it goes", () => {
    const created = { cluster: clusterFacts, groups: {}, names: [] };
    const [cleanup] = planMeshCleanup(settingsOf(theirs), created);
    assert.equal(cleanup?.environment["NAMESPACES"], "");
    assert.equal(cleanup?.environment["OBJECTS"], "Service/istio-ingress@istio-ingress");
  });

  it("may be labelled where someone else makes the gateway too", () => {
    const args: Args = {
      istio: { profile: "empty" },
      ingress: { ...nlb, gateway: { namespaceLabels: { team: "edge" } } },
    };
    const [patch, ...others] = planNamespaces(settingsOf(args));
    assert.deepEqual([patch?.patch, patch?.metadata.labels, others], [true, { team: "edge" }, []]);
  });

  it("follow whoever says something of a namespace that several share", () => {
    const args: Args = {
      ingress: { ...nlb, gateway: { createNamespace: false } },
      additionalIngresses: { shop: nlb },
    };
    assert.deepEqual(ownNamespaces(settingsOf(args)), ["istio-system"]);
  });
});

describe("checkSharedNamespaces", () => {
  it("refuses two gateways that say different things of their namespace", () => {
    const args: Args = {
      ingress: { ...nlb, gateway: { createNamespace: false, namespaceLabels: { team: "a", tier: "edge" } } },
      additionalIngresses: {
        shop: { ...nlb, gateway: { createNamespace: true, namespaceLabels: { team: "b", tier: "edge" } } },
      },
    };
    assert.deepEqual(placesOf(resolve(args)), [
      "additionalIngresses.shop.gateway.createNamespace",
      'additionalIngresses.shop.gateway.namespaceLabels["team"]',
    ]);
  });

  it("takes the control plane's namespace for one of them", () => {
    const args: Args = {
      istio: { createNamespace: true },
      ingress: { ...nlb, gateway: { namespace: "istio-system", createNamespace: false } },
    };
    const { path, allowed } = onlyProblem(resolve(args));
    assert.equal(path, "ingress.gateway.createNamespace");
    assert.match(allowed, /^true, as in istio: /);
  });
});

describe("the mesh's own namespaces among those of applications", () => {
  it("are refused with the members that say who makes them", () => {
    const namespaces = { "istio-system": { create: false }, "istio-ingress": { create: false } };
    const { problems } = resolve({ ingress: nlb, namespaces });
    assert.match(String(problems[0]?.suggestion), /istio\.createNamespace and istio\.namespaceLabels/);
    assert.match(String(problems[1]?.suggestion), /gateway\.createNamespace and gateway\.namespaceLabels/);
  });
});
