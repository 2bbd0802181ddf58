import assert from "node:assert/strict";
import {
  albListenerNames,
  planAlbListeners,
  planAlbServers,
  planAlbTargetPorts,
  statusPort,
  trafficPort,
} from "../../../../components/ingress/strategies/alb/alb-ports";
import { alb, ingress, tlsAtBalancer } from "../../../support/settings";

const https = alb({ backendProtocol: "HTTPS" });
const hostnames = ["app.example.com"];

describe("statusPort", () => {
  it("is the one that Envoy answers on before any Gateway exists", () => {
    assert.deepEqual(statusPort, { name: "status-port", port: 15021 });
  });
});

describe("planAlbListeners", () => {
  it("listens on 443 only where there is a certificate for it", () => {
    assert.deepEqual(planAlbListeners(ingress()), [{ name: "http", port: 80 }]);
    assert.deepEqual(planAlbListeners(ingress({ tls: tlsAtBalancer })), [
      { name: "http", port: 80 },
      { name: "https", port: 443 },
    ]);
  });
});

describe("albListenerNames", () => {
  it("are the listeners as the controller's annotations name them", () => {
    assert.deepEqual(albListenerNames(ingress()), ["HTTP-80"]);
    assert.deepEqual(albListenerNames(ingress({ tls: tlsAtBalancer })), ["HTTP-80", "HTTPS-443"]);
  });
});

describe("trafficPort", () => {
  it("is the gateway's plain one, or the one with TLS where the ALB encrypts anew", () => {
    assert.deepEqual(trafficPort(alb()), { name: "http2", port: 80 });
    assert.deepEqual(trafficPort(https), { name: "https", port: 443 });
  });
});

describe("planAlbTargetPorts", () => {
  it("needs the traffic port and the status port", () => {
    assert.deepEqual(planAlbTargetPorts(alb()), [{ name: "http2", port: 80 }, statusPort]);
    assert.deepEqual(planAlbTargetPorts(https), [{ name: "https", port: 443 }, statusPort]);
  });
});

describe("planAlbServers", () => {
  it("serves plain HTTP and never redirects: the ALB does that, and behind it every request looks plain", () => {
    assert.deepEqual(planAlbServers(ingress({ hostnames, tls: tlsAtBalancer }), alb()), [
      { name: "http", port: 80, protocol: "HTTP", hosts: hostnames, redirect: false, secretName: undefined },
    ]);
  });

  it("answers every host where the ALB encrypts anew: it sends no server name to choose one by", () => {
    const tls = { ...tlsAtBalancer, secretName: "shop-tls" };
    assert.deepEqual(planAlbServers(ingress({ hostnames, tls }), https), [
      { name: "https", port: 443, protocol: "HTTPS", hosts: [], redirect: false, secretName: "shop-tls" },
    ]);
  });

  it("does not read a Secret that it has no use for", () => {
    const tls = { ...tlsAtBalancer, secretName: "shop-tls" };
    assert.equal(planAlbServers(ingress({ tls }), alb())[0]?.secretName, undefined);
  });
});
