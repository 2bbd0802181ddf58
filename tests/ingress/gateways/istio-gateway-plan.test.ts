import assert from "node:assert/strict";
import { planIstioGateway } from "../../../components/ingress/gateways/istio-gateway-plan";
import type { GatewayServer } from "../../../components/plan/ingress";
import { gateway } from "../../support/settings";

const http: GatewayServer = {
  name: "http",
  port: 80,
  protocol: "HTTP",
  hosts: [],
  redirect: false,
  secretName: undefined,
};
const requirement = { ingress: "shop", gateway: gateway({ namespace: "edge" }), after: ["gateway-shop"] };
const plan = (...servers: readonly GatewayServer[]) =>
  planIstioGateway({ ...requirement, servers, minimumTlsVersion: undefined });
const servers = (...asked: readonly GatewayServer[]) => (plan(...asked).body["spec"] as { servers: unknown }).servers;

describe("planIstioGateway", () => {
  it("stands in the pods' namespace under the ingress' name, to which VirtualServices refer", () => {
    const { name, after, apiVersion, kind, metadata } = plan(http);
    assert.deepEqual(
      { name, after, apiVersion, kind, metadata },
      {
        name: "istio-gateway-shop",
        after: ["gateway-shop"],
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "shop", namespace: "edge" },
      },
    );
  });

  it("selects pods by the label istio alone, as VirtualServices' tutorials expect", () => {
    assert.deepEqual((plan(http).body["spec"] as { selector: unknown }).selector, { istio: "ingress" });
  });

  it("serves every host where none is named", () => {
    assert.deepEqual(servers(http), [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }]);
  });

  it("serves the named hosts only", () => {
    assert.deepEqual(servers({ ...http, hosts: ["a.example.com", "*.b.example.com"] }), [
      { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["a.example.com", "*.b.example.com"] },
    ]);
  });

  it("redirects plain HTTP by Istio's own switch", () => {
    assert.deepEqual(servers({ ...http, redirect: true }), [
      { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"], tls: { httpsRedirect: true } },
    ]);
  });

  it("ends TLS with the certificate of the Secret, which lies in the pods' namespace", () => {
    const https: GatewayServer = { ...http, name: "https", port: 443, protocol: "HTTPS", secretName: "shop-tls" };
    assert.deepEqual(servers(http, https), [
      { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] },
      {
        port: { number: 443, name: "https", protocol: "HTTPS" },
        hosts: ["*"],
        tls: { mode: "SIMPLE", credentialName: "shop-tls" },
      },
    ]);
  });

  it("has the least version of TLS where TLS ends, if one is named", () => {
    const https: GatewayServer = { ...http, name: "https", port: 443, protocol: "HTTPS", secretName: "shop-tls" };
    const planned = (server: GatewayServer) =>
      planIstioGateway({ ...requirement, servers: [server], minimumTlsVersion: "TLSV1_3" }).body["spec"];
    const tls = (server: GatewayServer) => (planned(server) as { servers: { tls?: unknown }[] }).servers[0]?.tls;
    assert.deepEqual(tls(https), { mode: "SIMPLE", credentialName: "shop-tls", minProtocolVersion: "TLSV1_3" });
    assert.deepEqual(tls({ ...http, redirect: true }), { httpsRedirect: true });
    assert.equal(tls(http), undefined);
  });
});
