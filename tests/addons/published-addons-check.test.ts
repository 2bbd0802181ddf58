import assert from "node:assert/strict";
import type { IngressArgs } from "../../components";
import { publishedUrl } from "../../components/addons/published-addons-check";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { placesOf, settingsOf } from "../support/settings";

const host = "watch.example.com";
const routes = [{ host, service: "grafana", namespace: "istio-system", port: 3000 }];
const mesh = { mode: "sidecar", cluster: { name: "prod" }, addons: { prometheus: {}, grafana: {} } } as const;
const places = (ingress: Partial<IngressArgs>) =>
  placesOf(
    resolveIstioMesh({
      ...mesh,
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

  it("wants nothing beside TLS", () => {
    const also = { ...outside, allowedCidrs: ["203.0.113.0/24"], tls: { ...tls, redirectHttp: false } };
    assert.deepEqual(places(also), ["ingress.tls.redirectHttp"]);
  });

  it("wants a host of its own everywhere", () => {
    for (const any of ["*", "*.example.com"]) {
      const hostnames = any === "*" ? [] : [any];
      assert.deepEqual(places({ hostnames, routes: routes.map((route) => ({ ...route, host: any })) }), [
        "ingress.routes",
      ]);
    }
  });

  it("looks at every ingress that shares the gateway, through which one gets there too", () => {
    const shop = { strategy: "nlb", scheme: "internet-facing", gateway: { shareWith: "istio-ingress" } } as const;
    const { problems } = resolveIstioMesh({
      ...mesh,
      ingress: { strategy: "nlb", hostnames: [host], routes },
      additionalIngresses: { shop },
    });
    assert.deepEqual(placesOf({ problems }), ["additionalIngresses.shop.tls", "additionalIngresses.shop.allowedCidrs"]);
  });

  it("leaves Services of the same name elsewhere alone, and those of add-ons that are not on", () => {
    assert.deepEqual(places({ ...outside, routes: routes.map((route) => ({ ...route, namespace: "shop" })) }), []);
    assert.deepEqual(places({ ...outside, routes: routes.map((route) => ({ ...route, service: "kiali" })) }), []);
  });
});

describe("publishedUrl", () => {
  const published = (ingress: Partial<IngressArgs>) =>
    settingsOf({ ...mesh, ingress: { strategy: "nlb", hostnames: [host], routes, ...ingress } });

  it("is where people reach an add-on", () => {
    assert.equal(publishedUrl(published({}), "grafana"), `http://${host}`);
    assert.equal(publishedUrl(published({ tls }), "grafana"), `https://${host}`);
  });

  it("is none where no route leads there", () => assert.equal(publishedUrl(published({}), "prometheus"), undefined));
});
