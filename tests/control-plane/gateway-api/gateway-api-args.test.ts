import assert from "node:assert/strict";
import {
  gatewayApiShape,
  needsGatewayApi,
  type GatewayApiArgs,
  resolveGatewayApi,
  gatewayApiContext,
} from "../../../components/control-plane/gateway-api/gateway-api-args";
import { checkShape } from "../../../components/inputs/shape";
import { placesOf, gateway } from "../../support/settings";
import { settingsOf } from "../../support/situation";
import { resolveIstio } from "../../../components/control-plane/args/resolve-istio-args";
import type { Mode } from "../../../components/plan/enums";

const needed = { needed: true, wanted: "v1.6.0" };
const unneeded = { needed: false, wanted: "v1.6.0" };
const releases = "https://github.com/kubernetes-sigs/gateway-api/releases/download";

describe("resolveGatewayApi", () => {
  it("installs the release that this istiod reads, where something needs it: EKS brings none", () => {
    const { settings, problems, warnings } = resolveGatewayApi({}, needed);
    assert.deepEqual(settings, { manifest: `${releases}/v1.6.0/standard-install.yaml` });
    assert.deepEqual([problems, warnings], [[], []]);
  });

  it("installs nothing where nothing needs it, unless asked to", () => {
    assert.equal(resolveGatewayApi({}, unneeded).settings, undefined);
    assert.deepEqual(resolveGatewayApi({}, unneeded).warnings, []);
    assert.notEqual(resolveGatewayApi({ crds: "install" }, unneeded).settings, undefined);
  });

  it("takes another release, channel or place for the bundle", () => {
    const manifest = (args: GatewayApiArgs) => resolveGatewayApi(args, needed).settings?.manifest;
    assert.equal(manifest({ version: "v1.5.1" }), `${releases}/v1.5.1/standard-install.yaml`);
    assert.equal(manifest({ channel: "experimental" }), `${releases}/v1.6.0/experimental-install.yaml`);
    assert.equal(manifest({ manifest: "./crds.yaml" }), "./crds.yaml");
  });

  it("warns of another release: istiod silently ignores kinds that are too old or too new for it", () => {
    const warnings = (args: GatewayApiArgs) => resolveGatewayApi(args, needed).warnings.join();
    assert.match(warnings({ version: "v1.4.1" }), /reads v1\.6\.0; of v1\.4\.1 it may silently ignore/);
    assert.equal(warnings({ version: "v1.6.0" }), "");
    assert.equal(warnings({ manifest: "./crds.yaml" }), "");
  });

  it("installs nothing where someone else does, and warns what `up` says without the definitions", () => {
    const { settings, problems, warnings } = resolveGatewayApi({ crds: "external" }, needed);
    assert.equal(settings, undefined);
    assert.deepEqual(problems, []);
    assert.match(warnings.join(), /^gatewayApi\.crds: .*no matches for kind "Gateway"/);
    assert.deepEqual(resolveGatewayApi({ crds: "external" }, unneeded).warnings, []);
  });

  it("refuses to be told which bundle where it installs none", () => {
    const args: GatewayApiArgs = { crds: "external", version: "v1.6.0", channel: "standard" };
    assert.deepEqual(placesOf(resolveGatewayApi(args, needed)), ["gatewayApi.version", "gatewayApi.channel"]);
    assert.deepEqual(placesOf(resolveGatewayApi({ manifest: "x" }, unneeded)), ["gatewayApi.manifest"]);
  });

  it("refuses version and channel beside a manifest, which is of one version and channel already", () => {
    const args: GatewayApiArgs = { manifest: "./crds.yaml", version: "v1.6.0", channel: "standard" };
    assert.deepEqual(placesOf(resolveGatewayApi(args, needed)), ["gatewayApi.version", "gatewayApi.channel"]);
  });
});

describe("gatewayApiShape", () => {
  const reported = (args: object) => checkShape(gatewayApiShape, args).problems.map(({ path }) => path);

  it("wants a release with its v, as the Gateway API tags them", () => {
    assert.deepEqual(reported({ version: "v1.6.0", crds: "install", channel: "standard", manifest: "x" }), []);
    for (const version of ["1.6.0", "v1.6", "v1.6.0-rc.1", "latest"])
      assert.deepEqual(reported({ version }), ["version"]);
  });

  it("knows two owners and two channels", () => {
    assert.deepEqual(reported({ crds: "yes", channel: "beta", manifest: "" }), ["crds", "channel", "manifest"]);
    assert.deepEqual(reported({ crds: "external", channel: "experimental" }), []);
  });
});

describe("needsGatewayApi", () => {
  it("is so in ambient mode and for its routes, and not where someone else runs Istio", () => {
    assert.equal(needsGatewayApi(settingsOf()), false);
    assert.equal(needsGatewayApi(settingsOf({ mode: "ambient", ingress: undefined })), true);
    assert.equal(needsGatewayApi(settingsOf({ ingress: { strategy: "nlb", routing: "gateway-api" } })), true);
    assert.equal(needsGatewayApi(settingsOf({ mode: "ambient", istio: { profile: "empty" } })), false);
  });
});

describe("gatewayApiContext", () => {
  const manifest = (mode: Mode, { profile = "default", version = "1.31.1", routing = "istio" } = {}) => {
    const { settings } = resolveIstio({ profile, version } as object, {}, mode);
    const gateways = [gateway({ routing: routing as "istio" })];
    return resolveGatewayApi({}, gatewayApiContext({ mode, controlPlane: settings, gateways })).settings?.manifest;
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
