import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { SecurityArgs } from "../../components/security/security-args";
import type { NamespaceSettings } from "../../components/plan/settings";
import { namespaceSecurity, onlyProblem } from "../support/settings";
import type { IngressArgs, IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { withIngress } from "../support/args";
import { resolveSecurity } from "../../components/security/resolve-security-args";

const shop: NamespaceSettings = {
  name: "shop",
  create: true,
  dataplane: "ambient",
  revision: "",
  labels: {},
  waypoint: undefined,
};
type Context = Parameters<typeof resolveSecurity>[1];
const resolve = (args: SecurityArgs, changes: Partial<Context> = {}) =>
  resolveSecurity(args, {
    profile: "default",
    now: new Date("2026-11-27"),
    controller: "aws-load-balancer-controller",
    istioNamespace: "istio-system",
    meshConfigs: [],
    namespaces: [shop],
    policies: {},
    ...changes,
  });

describe("resolveSecurity", () => {
  it("asks nothing of Istio by default", () => {
    assert.deepEqual(resolve({}), {
      settings: {
        mtls: undefined,
        minimumTlsVersion: undefined,
        trustDomain: "cluster.local",
        ownTrustDomain: false,
        rootNamespace: "istio-system",
        defaultDeny: false,
        networkPolicies: false,
        nodeRules: "auto",
        certificateAuthority: undefined,
        namespaces: [namespaceSecurity({ dataplane: "ambient" })],
      },
      problems: [],
      warnings: [],
    });
  });

  it("keeps what is given, and hands it on to namespaces that say nothing", () => {
    const { settings } = resolve({ mtls: "strict", minimumTlsVersion: "TLSV1_3", trustDomain: "a.b" });
    const { mtls, minimumTlsVersion, trustDomain, ownTrustDomain, namespaces } = settings;
    assert.deepEqual([mtls, minimumTlsVersion, trustDomain, ownTrustDomain], ["strict", "TLSV1_3", "a.b", true]);
    assert.equal(namespaces[0]?.mtls, "strict");
  });

  it("reads trust domain and root namespace where the user told istiod of them", () => {
    const meshConfigs = [{ trustDomain: "a.b" }, { trustDomain: "c.d", rootNamespace: "policies" }];
    const { trustDomain, ownTrustDomain, rootNamespace } = resolve({}, { meshConfigs }).settings;
    assert.deepEqual([trustDomain, ownTrustDomain, rootNamespace], ["a.b", false, "policies"]);
  });

  it("refuses a root namespace that is known later: it decides which resources there are", () => {
    const { path, given } = onlyProblem(resolve({}, { meshConfigs: [{ rootNamespace: pulumi.output("policies") }] }));
    assert.deepEqual([path, given], ["istio.meshConfig.rootNamespace", "[known later]"]);
  });

  it("refuses a trust domain that is known later, where policies must name it", () => {
    const meshConfigs = [{ trustDomain: pulumi.output("a.b") }];
    assert.equal(onlyProblem(resolve({ defaultDeny: true }, { meshConfigs })).path, "istio.meshConfig.trustDomain");
    assert.deepEqual(resolve({ defaultDeny: true, trustDomain: "a.b" }, { meshConfigs }).problems, []);
    assert.deepEqual(resolve({}, { meshConfigs }).problems, []);
  });

  it("warns of ambient namespaces in which no policy with HTTP rules can allow anything", () => {
    const [warning, ...more] = resolve({ defaultDeny: true }).warnings;
    assert.match(String(warning), /^security\.defaultDeny: without a waypoint .* \(shop\)/);
    assert.deepEqual(more, []);
    assert.deepEqual(resolve({}).warnings, []);
    const sidecars = { namespaces: [{ ...shop, dataplane: "sidecar" as const }] };
    assert.deepEqual(resolve({ defaultDeny: true }, sidecars).warnings, []);
    const led = { namespaces: [{ ...shop, waypoint: "waypoint" }] };
    assert.deepEqual(resolve({ defaultDeny: true }, led).warnings, []);
  });

  it("warns that strict pods refuse those outside the mesh, which speak plaintext", () => {
    const outside = { namespaces: [shop, { ...shop, name: "legacy", dataplane: "none" as const }] };
    const [warning, ...more] = resolve({ mtls: "strict" }, outside).warnings;
    assert.match(String(warning), /^security\.mtls: strict, and pods of namespaces\.legacy .* speak plaintext/);
    assert.deepEqual(more, []);
    assert.deepEqual(resolve({ mtls: "permissive" }, outside).warnings, []);
  });

  it("warns that an istiod which is configured elsewhere does not hear of it", () => {
    const args = { minimumTlsVersion: "TLSV1_3", trustDomain: "a.b" } as const;
    for (const profile of ["empty", "remote"] as const) {
      const { warnings } = resolve(args, { profile });
      assert.deepEqual(
        warnings.map((warning) => warning.split(" with ")[0]),
        ["security.minimumTlsVersion:", "security.trustDomain:"],
      );
      assert.deepEqual(resolve({ mtls: "strict" }, { profile }).warnings, []);
    }
  });

  it("says what enforces NetworkPolicies on EKS, where it is off by itself, and whom pods still reach", () => {
    const warning = (args: SecurityArgs, changes: Partial<Context> = {}) => resolve(args, changes).warnings.join();
    const closed = { networkPolicies: true };
    assert.match(warning(closed), /^security\.networkPolicies: .* the add-on vpc-cni has enableNetworkPolicy: "true"/);
    assert.match(warning(closed), /reach nothing outside it but DNS and their namespace's allowedPeers/);
    const autoMode = warning(closed, { controller: "eks-auto-mode" });
    assert.match(autoMode, /ConfigMap kube-system\/amazon-vpc-cni says enable-network-policy-controller: "true"/);
    assert.match(warning({}, { policies: { shop: closed } }), /^namespaces\.\*\.networkPolicies: /);
    assert.equal(warning({ networkPolicies: false }), "");
  });
});

describe("warnings of security and ingresses", () => {
  it("warns of gateways that cannot be given a least version of TLS", () => {
    const warnings = (version: string, ingress: Partial<IngressArgs>) =>
      resolveIstioMesh(
        withIngress(ingress, { istio: { version }, security: { minimumTlsVersion: "TLSV1_3" } }),
      ).warnings.filter((warning) => warning.startsWith("security."));
    const terminating: Partial<IngressArgs> = { routing: "gateway-api", tls: { secretName: "tls" } };
    assert.match(warnings("1.29.6", terminating).join(), /the gateway of "istio-ingress" still takes TLS 1\.2/);
    assert.deepEqual(warnings("1.30.4", terminating), []);
    assert.deepEqual(warnings("1.29.6", { ...terminating, routing: "istio" }), []);
    assert.deepEqual(warnings("1.29.6", { routing: "gateway-api" }), []);
  });

  it("warns of routes through gateways whose identity nobody knows, where nothing else would be let in", () => {
    const routes = [{ host: "a.example.com", service: "shop", namespace: "shop", port: 80 }];
    const warnings = (changes: Partial<IstioMeshArgs>, ingress: Partial<IngressArgs> = { routes }) =>
      resolveIstioMesh(
        withIngress(ingress, { istio: { profile: "empty" }, security: { defaultDeny: true }, ...changes }),
      ).warnings.filter((warning) => warning.startsWith("security."));
    assert.match(warnings({}).join(), /^security\.defaultDeny: the routes of "istio-ingress" lead to pods that refuse/);
    assert.deepEqual(warnings({ security: {} }), []);
    assert.deepEqual(warnings({}, {}), []);
    assert.deepEqual(warnings({ istio: {} }), []);
  });
});
