import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../../components";
import {
  afterNamespace,
  ownNamespaces,
  planEnrolment,
  planNamespaces,
} from "../../../components/control-plane/namespaces/namespaces-plan";
import { settingsOf } from "../../support/settings";

type Args = Partial<IstioMeshArgs>;
const nlb = { strategy: "nlb" } as const;
const canary = { version: "1.31.1", revision: "1-31-1", revisionTags: ["next"] };
const ambient: Args = { mode: "ambient" };

describe("ownNamespaces", () => {
  it("names those that the mesh creates, and not those of others", () => {
    const theirs = { ...nlb, gateway: { namespace: "edge", createNamespace: false } };
    assert.deepEqual(ownNamespaces(settingsOf({ ingress: theirs })), ["istio-system"]);
  });
});

describe("planNamespaces", () => {
  it("makes each before everything else", () => {
    assert.deepEqual(planNamespaces(settingsOf()), [
      {
        name: "namespace-istio-system",
        after: [],
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "istio-system" },
        body: {},
      },
    ]);
  });

  it("lets an istiod elsewhere lead in its namespace with profile remote, or no proxy would start", () => {
    const istio = { profile: "remote", values: { istiod: { global: { remotePilotAddress: "192.0.2.1" } } } } as const;
    assert.deepEqual(
      planNamespaces(settingsOf({ istio })).map(({ metadata }) => metadata),
      [{ name: "istio-system", annotations: { "topology.istio.io/controlPlaneClusters": "*" } }],
    );
  });

  it("makes namespaces of applications first too, with the user's labels, so that on destroy all go side by side", () => {
    const namespaces = { shop: { labels: { team: "a" } }, theirs: { create: false } };
    assert.deepEqual(planNamespaces(settingsOf({ namespaces })).slice(1), [
      {
        name: "namespace-shop",
        after: [],
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "shop", labels: { team: "a" } },
        body: {},
      },
    ]);
  });
});

describe("afterNamespace", () => {
  it("waits for a namespace of ours, and for none of others", () => {
    assert.deepEqual(afterNamespace(settingsOf(), "istio-system"), ["namespace-istio-system"]);
    assert.deepEqual(afterNamespace(settingsOf(), "default"), []);
  });

  it("waits for an application's, if the mesh makes it", () => {
    const settings = settingsOf({ namespaces: { shop: {}, legacy: { create: false } } });
    assert.deepEqual(afterNamespace(settings, "shop"), ["namespace-shop"]);
    assert.deepEqual(afterNamespace(settings, "legacy"), []);
  });
});

describe("planEnrolment", () => {
  const enrolled = (args: Args) => planEnrolment(settingsOf(args));
  const afters = (args: Args) => enrolled(args).flatMap(({ after }) => after);
  const shop = { namespaces: { shop: { create: false } } };

  it("labels a namespace of ours, after it and what its pods need", () => {
    assert.deepEqual(enrolled({ namespaces: { shop: { labels: { team: "a" } } } }), [
      {
        name: "enrolment-shop",
        after: ["namespace-shop", "istiod"],
        apiVersion: "v1",
        kind: "Namespace",
        patch: true,
        metadata: { name: "shop", labels: { "istio-injection": "enabled" } },
        body: {},
      },
    ]);
  });

  it("gives a namespace that exists already the user's labels too", () => {
    const [plan] = enrolled({ namespaces: { shop: { create: false, labels: { team: "a" } } } });
    assert.deepEqual([plan?.after, plan?.metadata.labels], [["istiod"], { team: "a", "istio-injection": "enabled" }]);
  });

  it("labels nothing where there is nothing to say", () => {
    assert.deepEqual(enrolled({ namespaces: { shop: { dataplane: "none", labels: { team: "a" } } } }), []);
    assert.deepEqual(enrolled({ namespaces: { shop: { dataplane: "none", create: false } } }), []);
  });

  it("enrols in ambient after ztunnel: earlier pods could not start, and on destroy they must be freed first", () => {
    assert.deepEqual(afters({ ...ambient, ...shop }), ["ztunnel"]);
  });

  it("leads to a waypoint when it is there, and no sooner", () => {
    const [plan] = enrolled({ ...ambient, namespaces: { shop: { waypoint: true } } });
    assert.deepEqual(plan?.after, ["namespace-shop", "ztunnel", "waypoint-shop"]);
    assert.deepEqual(plan.metadata.labels, {
      "istio.io/dataplane-mode": "ambient",
      "istio.io/use-waypoint": "waypoint",
    });
  });

  it("enrols for sidecars after the control plane that injects them, and the agent if there is one", () => {
    assert.deepEqual(afters({ istio: { sidecarCni: true }, ...shop }), ["istiod", "cni"]);
    assert.deepEqual(afters({ istio: { revision: "a" }, ...shop }), ["istiod-a"]);
    const sidecars: Args = { ...ambient, namespaces: { shop: { create: false, dataplane: "sidecar" } } };
    assert.deepEqual(afters(sidecars), ["istiod", "cni"]);
  });

  it("waits for the control plane that a revision or a tag names", () => {
    const follow = (revision: string) =>
      afters({ istio: { canary }, namespaces: { shop: { create: false, revision } } });
    assert.deepEqual(follow("next"), ["istiod-1-31-1"]);
    assert.deepEqual(follow("1-31-1"), ["istiod-1-31-1"]);
  });

  it("waits for nothing where someone else runs Istio", () => {
    assert.deepEqual(afters({ istio: { profile: "empty" }, ...shop }), []);
    assert.deepEqual(afters({ ...ambient, istio: { profile: "empty" }, ...shop }), []);
  });

  it("waits for no control plane that is not there, which resolving does not let through", () => {
    const settings = settingsOf(shop);
    const lost = settings.namespaces.map((namespace) => ({ ...namespace, revision: "gone" }));
    assert.deepEqual(planEnrolment({ ...settings, namespaces: lost })[0]?.after, []);
  });
});
