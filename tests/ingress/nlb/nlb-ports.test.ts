import assert from "node:assert/strict";
import {
  planNlbListeners,
  planNlbServers,
  planNlbTargetPorts,
  planNlbTargetRoute,
  statusPort,
} from "../../../components/ingress/nlb/nlb-ports";
import { ingress, nlb, tlsAtBalancer, tlsInGateway } from "../../support/settings";

const hostnames = ["app.example.com"];

describe("statusPort", () => {
  it("is the one that Envoy answers on before any Gateway exists", () => {
    assert.deepEqual(statusPort, { name: "status-port", port: 15021 });
  });
});

describe("planNlbListeners", () => {
  it("listens on 80 and 443, and never on 15021", () => {
    assert.deepEqual(planNlbListeners(), [
      { name: "http", port: 80 },
      { name: "https", port: 443 },
    ]);
  });
});

describe("planNlbTargetPorts", () => {
  it("leads each listener to the same number in the gateway, and the health check to the status port", () => {
    assert.deepEqual(planNlbTargetPorts(), [{ name: "http2", port: 80 }, { name: "https", port: 443 }, statusPort]);
  });
});

describe("planNlbTargetRoute", () => {
  it("goes to pods with ip targets, to node ports with instance targets", () => {
    assert.equal(planNlbTargetRoute(nlb({ targetType: "ip" })), "pods");
    assert.equal(planNlbTargetRoute(nlb({ targetType: "instance" })), "node-ports");
  });
});

describe("planNlbServers", () => {
  it("serves plain HTTP only, where nobody ends TLS: 443 stays free for a Gateway of the user's own", () => {
    assert.deepEqual(planNlbServers(ingress({ hostnames })), [
      { name: "http", port: 80, protocol: "HTTP", hosts: hostnames, redirect: false, secretName: undefined },
    ]);
  });

  it("speaks plain HTTP on 443 where the NLB ends TLS, and redirects 80", () => {
    assert.deepEqual(planNlbServers(ingress({ hostnames, tls: tlsAtBalancer })), [
      { name: "http", port: 80, protocol: "HTTP", hosts: hostnames, redirect: true, secretName: undefined },
      { name: "https", port: 443, protocol: "HTTP", hosts: hostnames, redirect: false, secretName: undefined },
    ]);
  });

  it("ends TLS on 443 with the Secret, where the NLB passes it through", () => {
    assert.deepEqual(planNlbServers(ingress({ tls: { ...tlsInGateway, redirectHttp: false } })), [
      { name: "http", port: 80, protocol: "HTTP", hosts: [], redirect: false, secretName: undefined },
      { name: "https", port: 443, protocol: "HTTPS", hosts: [], redirect: false, secretName: "shop-tls" },
    ]);
  });
});
