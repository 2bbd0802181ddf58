import assert from "node:assert/strict";
import { problem } from "../../../components/inputs/problem";
import type { NamespaceArgs } from "../../../components/control-plane/namespaces/namespace-args";
import {
  type NamespacesContext,
  resolveNamespaces,
} from "../../../components/control-plane/namespaces/resolve-namespaces-args";
import { onlyProblem, placesOf } from "../../support/settings";

const around: NamespacesContext = {
  mode: "sidecar",
  revision: "",
  checkInstalled: () => [],
  own: new Map([
    ["istio-system", { purpose: "for istiod", members: "istio.createNamespace" }],
    ["istio-egress", { purpose: "for egress", members: undefined }],
  ]),
};
const shop = (args: NamespaceArgs, changes: Partial<NamespacesContext> = {}) =>
  resolveNamespaces({ shop: args }, { ...around, ...changes });

describe("resolveNamespaces", () => {
  it("makes a namespace and enrols it in the mesh's mode, at the main control plane", () => {
    assert.deepEqual(shop({}, { mode: "ambient", revision: "a" }).settings, [
      { name: "shop", create: true, dataplane: "ambient", revision: "a", labels: {}, waypoint: undefined },
    ]);
  });

  it("keeps what is given", () => {
    const args: NamespaceArgs = { create: false, dataplane: "sidecar", revision: "prod", labels: { team: "a" } };
    const { settings, problems, warnings } = shop(args);
    assert.deepEqual(settings, [{ name: "shop", ...args, waypoint: undefined }]);
    assert.deepEqual([problems, warnings], [[], []]);
  });

  it("labels a global namespace of ambient mode, as istiod looks for it; the user writes it in one place", () => {
    const labelsOf = (args: NamespaceArgs, mode: "ambient" | "sidecar") => shop(args, { mode }).settings[0]?.labels;
    const global = { "istio.io/global": "true" };
    assert.deepEqual(labelsOf({ global: true, labels: { team: "a" } }, "ambient"), { ...global, team: "a" });
    assert.deepEqual(labelsOf({ global: true }, "sidecar"), {});
    assert.deepEqual(labelsOf({ global: false }, "ambient"), {});
    const twice = shop({ global: false, labels: global }, { mode: "ambient" });
    assert.equal(onlyProblem(twice).path, 'namespaces.shop.labels["istio.io/global"]');
    assert.deepEqual(shop({ labels: global }, { mode: "ambient" }).problems, []);
  });

  it("refuses Kubernetes' own namespaces, which no webhook of Istio looks at", () => {
    const args = { "kube-system": {}, "kube-public": {}, "kube-node-lease": {}, default: {} };
    assert.deepEqual(placesOf(resolveNamespaces(args, around)), [
      "namespaces.kube-system",
      "namespaces.kube-public",
      "namespaces.kube-node-lease",
    ]);
  });

  it("refuses the mesh's own namespaces, and says what each is for", () => {
    const { path, allowed } = onlyProblem(resolveNamespaces({ "istio-system": {} }, around));
    assert.equal(path, "namespaces.istio-system");
    assert.match(allowed, /this one is for istiod/);
  });

  it("refuses ambient in a sidecar mesh, which has no ztunnel; sidecars in an ambient mesh are fine", () => {
    assert.deepEqual(placesOf(shop({ dataplane: "ambient" })), ["namespaces.shop.dataplane"]);
    assert.deepEqual(placesOf(shop({ dataplane: "sidecar" }, { mode: "ambient" })), []);
    assert.deepEqual(placesOf(shop({ dataplane: "none" })), []);
  });

  it("asks whether a revision is installed only where sidecars are injected", () => {
    const checkInstalled = (name: string, path: string) => [
      problem(path, { given: name, allowed: "installed ones", suggestion: "correct it" }),
    ];
    const { path, given } = onlyProblem(shop({ revision: "b" }, { checkInstalled }));
    assert.deepEqual([path, given], ["namespaces.shop.revision", '"b"']);
    assert.deepEqual(placesOf(shop({}, { checkInstalled })), []);
  });

  it("refuses a revision where no sidecar is injected: ambient has one ztunnel for all", () => {
    assert.match(onlyProblem(shop({ revision: "a" }, { mode: "ambient" })).allowed, /revisions inject sidecars/);
    assert.equal(onlyProblem(shop({ revision: "a", dataplane: "none" })).path, "namespaces.shop.revision");
    assert.deepEqual(placesOf(shop({ revision: "a", dataplane: "sidecar" }, { mode: "ambient" })), []);
  });

  it("refuses the labels that enrol, which would contradict dataplane and revision", () => {
    const labels = { "istio-injection": "enabled", "istio.io/rev": "a", "istio.io/dataplane-mode": "none", team: "a" };
    const { problems } = shop({ labels });
    assert.deepEqual(placesOf({ problems }), [
      'namespaces.shop.labels["istio-injection"]',
      'namespaces.shop.labels["istio.io/rev"]',
      'namespaces.shop.labels["istio.io/dataplane-mode"]',
    ]);
    for (const { suggestion } of problems) assert.match(suggestion, /use dataplane or revision/);
  });

  it("reports every namespace at once", () => {
    const args = { "kube-public": {}, "kube-system": { waypoint: true } };
    assert.equal(resolveNamespaces(args, around).problems.length, 3);
  });

  it("gives a namespace the waypoint that it asks for", () => {
    const { settings, problems } = shop({ waypoint: true }, { mode: "ambient" });
    assert.deepEqual([settings[0]?.waypoint, problems], ["waypoint", []]);
    assert.equal(shop({ waypoint: false }).settings[0]?.waypoint, undefined);
    assert.deepEqual(placesOf(shop({ waypoint: false })), []);
  });

  it("refuses a waypoint where no ztunnel leads to it", () => {
    assert.match(onlyProblem(shop({ waypoint: true })).suggestion, /mode: "ambient"/);
    for (const dataplane of ["sidecar", "none"] as const) {
      const { path, suggestion } = onlyProblem(shop({ waypoint: true, dataplane }, { mode: "ambient" }));
      assert.deepEqual([path, suggestion], ["namespaces.shop.waypoint", "remove it, or remove dataplane"]);
    }
  });

  it("refuses the label of another waypoint beside it, and takes it alone", () => {
    const labels = { "istio.io/use-waypoint": "mine" };
    const { path } = onlyProblem(shop({ waypoint: true, labels }, { mode: "ambient" }));
    assert.equal(path, 'namespaces.shop.labels["istio.io/use-waypoint"]');
    assert.deepEqual(placesOf(shop({ labels }, { mode: "ambient" })), []);
  });
});
