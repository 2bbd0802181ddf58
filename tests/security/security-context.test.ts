import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { settingsOf } from "../support/settings";

const securityOf = (args: Partial<IstioMeshArgs>) => settingsOf(args).security;

describe("securityContext", () => {
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
});
