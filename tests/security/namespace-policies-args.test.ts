import assert from "node:assert/strict";
import type { NamespaceSettings } from "../../components/plan/settings";
import {
  type NamespacePoliciesArgs,
  type NamespacePoliciesContext,
  resolveNamespacePolicies,
} from "../../components/security/namespace-policies-args";
import { namespaceSecurity, onlyProblem, placesOf } from "../support/settings";

const shop: NamespaceSettings = {
  name: "shop",
  create: true,
  dataplane: "sidecar",
  revision: "",
  labels: {},
  waypoint: undefined,
};
const resolve = (args: NamespacePoliciesArgs, changes: Partial<NamespacePoliciesContext> = {}) =>
  resolveNamespacePolicies(
    { shop: args },
    { mtls: "permissive", networkPolicies: false, rootNamespace: "istio-system", namespaces: [shop], ...changes },
  );
const metrics = { selector: { app: "shop" }, ports: [9090] };

describe("resolveNamespacePolicies", () => {
  it("takes over what the mesh says where the namespace says nothing", () => {
    const { settings, problems } = resolve({}, { mtls: "strict", networkPolicies: true });
    assert.deepEqual(settings, [namespaceSecurity({ mtls: "strict", networkPolicies: true })]);
    assert.deepEqual(problems, []);
  });

  it("keeps what is given", () => {
    const { settings } = resolve({ mtls: "strict", networkPolicies: false, plaintextPorts: { metrics } });
    const plaintextPorts = [{ name: "metrics", ...metrics }];
    assert.deepEqual(settings, [namespaceSecurity({ mtls: "strict", plaintextPorts })]);
    const open = resolve({ networkPolicies: false }, { networkPolicies: true });
    assert.equal(open.settings[0]?.networkPolicies, false);
  });

  it("leaves nothing of a namespace outside the mesh, and refuses what nobody there would heed", () => {
    const outside = { namespaces: [{ ...shop, dataplane: "none" as const }] };
    assert.deepEqual(resolve({}, outside), { settings: [], problems: [], warnings: [] });
    const allowedPeers = { config: { direction: "egress" as const, cidr: "10.0.8.0/24" } };
    const args = { mtls: "strict" as const, plaintextPorts: { metrics }, networkPolicies: true, allowedPeers };
    assert.deepEqual(placesOf(resolve(args, outside)), [
      "namespaces.shop.mtls",
      "namespaces.shop.plaintextPorts",
      "namespaces.shop.networkPolicies",
      "namespaces.shop.allowedPeers",
    ]);
    assert.deepEqual(placesOf(resolve({ networkPolicies: false }, outside)), []);
  });

  it("refuses policies of the root namespace, which Istio would take for those of the whole mesh", () => {
    const root = { rootNamespace: "shop" };
    assert.deepEqual(placesOf(resolve({ mtls: "strict", plaintextPorts: { metrics } }, root)), [
      "namespaces.shop.mtls",
      "namespaces.shop.plaintextPorts",
    ]);
    assert.deepEqual(placesOf(resolve({}, root)), []);
  });

  it("refuses allowed peers where nobody is kept out", () => {
    const allowedPeers = { config: { direction: "egress" as const, cidr: "10.0.8.0/24" } };
    assert.equal(onlyProblem(resolve({ allowedPeers })).path, "namespaces.shop.allowedPeers");
    assert.deepEqual(placesOf(resolve({ allowedPeers, networkPolicies: true })), []);
    assert.deepEqual(placesOf(resolve({ allowedPeers }, { networkPolicies: true })), []);
    assert.deepEqual(placesOf(resolve({ allowedPeers, networkPolicies: false }, { networkPolicies: true })), [
      "namespaces.shop.allowedPeers",
    ]);
  });

  it("reports all that is wrong with ports and peers, and warns of what does nothing", () => {
    const plaintextPorts = { metrics: { ...metrics, selector: {} } };
    const allowedPeers = { nobody: { direction: "ingress" as const } };
    const { problems, warnings } = resolve({ plaintextPorts, allowedPeers }, { networkPolicies: true });
    assert.deepEqual(placesOf({ problems }), [
      "namespaces.shop.plaintextPorts.metrics.selector",
      "namespaces.shop.allowedPeers.nobody",
    ]);
    assert.deepEqual(warnings, []);
    assert.equal(resolve({ plaintextPorts: { metrics } }, { networkPolicies: true }).warnings.length, 1);
  });
});
