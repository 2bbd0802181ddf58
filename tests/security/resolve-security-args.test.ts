import assert from "node:assert/strict";
import type { IngressArgs, IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { withIngress } from "../support/args";
import { settingsOf } from "../support/settings";

const securityOf = (args: Partial<IstioMeshArgs>) => settingsOf(args).security;

describe("security in a mesh", () => {
  it("knows the namespace of the control plane, and each namespace's own words", () => {
    const { rootNamespace, namespaces } = securityOf({
      istio: { namespace: "mesh" },
      namespaces: { shop: { mtls: "strict" }, bank: {} },
    });
    assert.equal(rootNamespace, "mesh");
    assert.deepEqual(
      namespaces.map(({ name, mtls }) => [name, mtls]),
      [
        ["shop", "strict"],
        ["bank", "permissive"],
      ],
    );
  });

  it("reads mesh configuration as the chart does: values win", () => {
    const inMeshConfig = { meshConfig: { trustDomain: "a.b" } };
    assert.equal(securityOf({ istio: inMeshConfig }).trustDomain, "a.b");
    const values = { istiod: { meshConfig: { trustDomain: "c.d" } } };
    assert.equal(securityOf({ istio: { ...inMeshConfig, values } }).trustDomain, "c.d");
  });

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
