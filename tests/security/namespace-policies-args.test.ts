import assert from "node:assert/strict";
import type { NamespaceSettings } from "../../components/plan/settings";
import {
  type NamespacePoliciesArgs,
  type NamespacePoliciesSurroundings,
  resolveNamespacePolicies,
} from "../../components/security/namespace-policies-args";
import { onlyProblem, placesOf } from "../support/settings";

const shop: NamespaceSettings = {
  name: "shop",
  create: true,
  dataplane: "sidecar",
  revision: "",
  labels: {},
  waypoint: undefined,
};
const resolve = (args: NamespacePoliciesArgs, changes: Partial<NamespacePoliciesSurroundings> = {}) =>
  resolveNamespacePolicies(
    { shop: args },
    { mtls: "permissive", rootNamespace: "istio-system", namespaces: [shop], ...changes },
  );
const metrics = { selector: { app: "shop" }, ports: [9090] };

describe("resolveNamespacePolicies", () => {
  it("takes over what the mesh says where the namespace says nothing", () => {
    const { settings, problems } = resolve({}, { mtls: "strict" });
    assert.deepEqual(settings, [{ name: "shop", mtls: "strict", plaintextPorts: [] }]);
    assert.deepEqual(problems, []);
  });

  it("keeps what is given", () => {
    const { settings } = resolve({ mtls: "strict", plaintextPorts: { metrics } });
    assert.deepEqual(settings, [{ name: "shop", mtls: "strict", plaintextPorts: [{ name: "metrics", ...metrics }] }]);
  });

  it("leaves nothing of a namespace outside the mesh, and refuses what nobody there would heed", () => {
    const outside = { namespaces: [{ ...shop, dataplane: "none" as const }] };
    assert.deepEqual(resolve({}, outside), { settings: [], problems: [], warnings: [] });
    const { problems } = resolve({ mtls: "strict", plaintextPorts: { metrics } }, outside);
    assert.deepEqual(placesOf({ problems }), ["namespaces.shop.mtls", "namespaces.shop.plaintextPorts"]);
  });

  it("refuses policies of the root namespace, which Istio would take for those of the whole mesh", () => {
    const root = { rootNamespace: "shop" };
    assert.deepEqual(placesOf(resolve({ mtls: "strict", plaintextPorts: { metrics } }, root)), [
      "namespaces.shop.mtls",
      "namespaces.shop.plaintextPorts",
    ]);
    assert.deepEqual(placesOf(resolve({}, root)), []);
  });

  it("wants ports of some pods: Istio takes neither ports alone nor pods alone", () => {
    const at = (entry: Partial<typeof metrics>) =>
      onlyProblem(resolve({ plaintextPorts: { metrics: { ...metrics, ...entry } } })).path;
    assert.equal(at({ selector: {} as { app: string } }), "namespaces.shop.plaintextPorts.metrics.selector");
    assert.equal(at({ ports: [] }), "namespaces.shop.plaintextPorts.metrics.ports");
  });

  it("refuses names and labels that Kubernetes refuses", () => {
    const plaintextPorts = { "My.Metrics": { selector: { "app-": "shop" }, ports: [1] } };
    assert.deepEqual(placesOf(resolve({ plaintextPorts })), [
      'namespaces.shop.plaintextPorts["My.Metrics"]',
      'namespaces.shop.plaintextPorts["My.Metrics"].selector["app-"]',
    ]);
  });

  it("refuses two choices of the same pods, of which Istio heeds the older one only", () => {
    const other = (selector: Record<string, string>) =>
      placesOf(resolve({ plaintextPorts: { metrics, other: { selector, ports: [80] } } }));
    const place = "namespaces.shop.plaintextPorts.other.selector";
    assert.deepEqual(other({ app: "shop" }), [place]);
    assert.deepEqual(other({ app: "shop", version: "v2" }), [place]);
    assert.deepEqual(other({ app: "bank" }), []);
    const wide = { plaintextPorts: { narrow: { selector: { app: "a", version: "b" }, ports: [1] } } };
    const both = { ...wide.plaintextPorts, wide: { selector: { app: "a" }, ports: [2] } };
    assert.deepEqual(placesOf(resolve({ plaintextPorts: both })), ["namespaces.shop.plaintextPorts.wide.selector"]);
  });
});
