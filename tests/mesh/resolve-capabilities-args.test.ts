import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { onlyProblem, placesOf, settingsOf } from "../support/settings";

const resolve = (args: Partial<Record<keyof IstioMeshArgs, unknown>> = {}) =>
  resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, ...args });
const nlb = { strategy: "nlb" } as const;

describe("resolveCapabilities", () => {
  describe("the mode", () => {
    it("chooses the API of gateways: sidecar Istio's own, ambient the Gateway API", () => {
      const routing = (mode: "sidecar" | "ambient") => settingsOf({ mode, ingress: nlb }).gateways[0]?.routing;
      assert.deepEqual([routing("sidecar"), routing("ambient")], ["istio", "gateway-api"]);
    });
  });

  describe("the Gateway API's definitions", () => {
    const manifest = (args: Partial<IstioMeshArgs>) => settingsOf(args).crds?.manifest;

    it("are of the release that the Istio minor reads: of another one it silently ignores kinds", () => {
      const wanted = (version: string) => manifest({ mode: "ambient", istio: { version } });
      assert.match(String(wanted("1.31.1")), /\/v1\.6\.0\//);
      assert.match(String(wanted("1.30.4")), /\/v1\.5\.1\//);
      assert.match(String(wanted("1.28.10")), /\/v1\.4\.1\//);
    });

    it("are those of a canary, if there is one: they must be there before it", () => {
      const canary = { version: "1.31.1", revision: "1-31-1" };
      assert.match(String(manifest({ mode: "ambient", istio: { version: "1.30.4", canary } })), /\/v1\.6\.0\//);
    });

    it("are needed in ambient mode even without Gateway, since waypoints are Gateways, and by any that uses the API", () => {
      assert.ok(manifest({ mode: "ambient" }));
      assert.ok(manifest({ ingress: { ...nlb, routing: "gateway-api" } }));
      assert.equal(manifest({ ingress: nlb }), undefined);
    });

    it("are not ours where someone else runs Istio", () => {
      const istio = { profile: "empty" } as const;
      assert.equal(manifest({ mode: "ambient", istio }), undefined);
    });
  });

  describe("namespaces", () => {
    it("are not the mesh's own, wherever those are", () => {
      const args = {
        istio: { namespace: "mesh" },
        ingress: { ...nlb, gateway: { namespace: "edge" } },
        namespaces: { mesh: {}, edge: {}, "istio-system": {} },
      };
      const { problems } = resolve(args);
      assert.deepEqual(placesOf({ problems }), ["namespaces.mesh", "namespaces.edge"]);
      assert.deepEqual(
        problems.map(({ allowed }) => allowed.split("this one is ")[1]),
        ["for istiod", "for gateways"],
      );
    });

    it("follow an installed revision, or the main one", () => {
      const istio = { revision: "a", revisionTags: ["prod"] };
      assert.equal(
        onlyProblem(resolve({ istio, namespaces: { shop: { revision: "b" } } })).path,
        "namespaces.shop.revision",
      );
      assert.equal(settingsOf({ istio, namespaces: { shop: { revision: "prod" } } }).namespaces[0]?.revision, "prod");
      assert.equal(settingsOf({ istio, namespaces: { shop: {} } }).namespaces[0]?.revision, "a");
    });
  });
});
