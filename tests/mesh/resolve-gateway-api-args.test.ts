import assert from "node:assert/strict";
import { resolveIstio } from "../../components/control-plane/charts/resolve-istio-args";
import { resolveGatewayApiOf } from "../../components/mesh/resolve-gateway-api-args";
import type { Mode } from "../../components/plan/enums";
import { gateway } from "../support/settings";

describe("resolveGatewayApiOf", () => {
  const manifest = (mode: Mode, { profile = "default", version = "1.31.1", routing = "istio" } = {}) => {
    const { settings } = resolveIstio({ profile, version } as object, {}, mode);
    const gateways = [gateway({ routing: routing as "istio" })];
    const args = { mode, cluster: { name: "production" } };
    return resolveGatewayApiOf(args, settings, { ingresses: [], gateways }).settings?.manifest;
  };

  it("installs the definitions in ambient mode, and for Gateways of the Gateway API", () => {
    assert.match(String(manifest("ambient")), /v\d+\.\d+\.\d+/);
    assert.match(String(manifest("sidecar", { routing: "gateway-api" })), /v\d+\.\d+\.\d+/);
    assert.equal(manifest("sidecar"), undefined);
  });

  it("installs nothing where someone else installs Istio", () => {
    assert.equal(manifest("ambient", { profile: "empty" }), undefined);
  });

  it("chooses the release that this Istio reads", () => {
    assert.notEqual(manifest("ambient", { version: "1.28.0" }), manifest("ambient"));
  });
});
