import assert from "node:assert/strict";
import type { IngressArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { placesOf } from "../support/settings";

const host = "watch.example.com";
const routes = [{ host, service: "grafana", namespace: "istio-system", port: 3000 }];
const places = (ingress: Partial<IngressArgs>) =>
  placesOf(
    resolveIstioMesh({
      mode: "sidecar",
      cluster: { name: "prod" },
      addons: { prometheus: {}, grafana: {} },
      ingress: { strategy: "nlb", hostnames: [host], routes, ...ingress },
    }),
  );
const tls = { secretName: "watch-tls" };
const outside = { scheme: "internet-facing" } as const;

describe("checkPublishedAddons", () => {
  it("lets a dashboard be published inside the VPC, by a host of its own", () => assert.deepEqual(places({}), []));

  it("lets it be published on the internet with TLS, for addresses that are named", () => {
    assert.deepEqual(places({ ...outside, tls, allowedCidrs: ["203.0.113.0/24"] }), []);
  });

  it("wants both there", () => {
    assert.deepEqual(places({ ...outside, tls }), ["ingress.allowedCidrs"]);
    assert.deepEqual(places({ ...outside, allowedCidrs: ["203.0.113.0/24"] }), ["ingress.tls"]);
    assert.deepEqual(places({ ...outside, tls, ipAddressType: "dualstack", allowedCidrs: ["::/0"] }), [
      "ingress.allowedCidrs",
    ]);
  });

  it("wants a host everywhere", () => {
    assert.deepEqual(places({ hostnames: [], routes: routes.map((route) => ({ ...route, host: "*" })) }), [
      "ingress.routes",
    ]);
  });

  it("leaves Services of the same name elsewhere alone, and those of add-ons that are not on", () => {
    assert.deepEqual(places({ ...outside, routes: routes.map((route) => ({ ...route, namespace: "shop" })) }), []);
    assert.deepEqual(places({ ...outside, routes: routes.map((route) => ({ ...route, service: "kiali" })) }), []);
  });
});
