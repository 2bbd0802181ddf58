import assert from "node:assert/strict";
import {
  planNlbDecryptedPorts,
  planNlbListeners,
  planNlbServers,
  planNlbServicePorts,
  planNlbTargetPorts,
  planNlbTargetRoute,
  nlbListenerNames,
  planNlbTlsPorts,
  statusPort,
} from "../../../../components/ingress/strategies/nlb/nlb-ports";
import { NlbTargetType } from "../../../../components/plan/enums";
import { ingress, nlb, tlsAtBalancer, tlsInGateway } from "../../../support/settings";

const hostnames = ["app.example.com"];
const kafka = { name: "tls-kafka", port: 9094, targetPort: 19094, protocol: "TLS" } as const;
const postgres = { name: "postgres", port: 5432, targetPort: 5432, protocol: "TCP" } as const;
const withPorts = nlb({ ports: [kafka, postgres] });

describe("statusPort", () => {
  it("is the one that Envoy answers on before any Gateway exists", () => {
    assert.deepEqual(statusPort, { name: "status-port", port: 15021 });
  });
});

describe("planNlbListeners", () => {
  it("listens on 80 and 443, and never on 15021", () => {
    assert.deepEqual(planNlbListeners(ingress(), nlb()), [
      { name: "http", port: 80 },
      { name: "https", port: 443 },
    ]);
  });

  it("listens on further ports that the user names", () => {
    assert.deepEqual(planNlbListeners(ingress(), withPorts).slice(2), [
      { name: "tls-kafka", port: 9094, ruleName: "port-9094" },
      { name: "postgres", port: 5432, ruleName: "port-5432" },
    ]);
  });
});

describe("planNlbTargetPorts", () => {
  it("leads each listener to the same number in the gateway, and the health check to the status port", () => {
    assert.deepEqual(planNlbTargetPorts(nlb()), [
      { name: "http2", port: 80 },
      { name: "https", port: 443 },
      statusPort,
    ]);
  });

  it("leads further listeners to their target ports", () => {
    assert.deepEqual(planNlbTargetPorts(withPorts).slice(3), [
      { name: "tls-kafka", port: 19094, ruleName: "port-19094" },
      { name: "postgres", port: 5432, ruleName: "port-5432" },
    ]);
  });

  it("names rules for node ports by the port of the Service, with which its node port stays", () => {
    const instance = { ...withPorts, targetType: NlbTargetType.Instance };
    assert.deepEqual(planNlbTargetPorts(instance)[3], { name: "tls-kafka", port: 19094, ruleName: "port-9094" });
  });
});

describe("planNlbTlsPorts", () => {
  it("are the listeners that end TLS, and the gateway's ports behind them", () => {
    assert.deepEqual(planNlbTlsPorts(ingress({ tls: tlsAtBalancer }), withPorts), [443, 9094]);
    assert.deepEqual(planNlbDecryptedPorts(ingress({ tls: tlsAtBalancer }), withPorts), [443, 19094]);
  });

  it("are none without a certificate: TLS is passed through", () => {
    for (const tls of [ingress().tls, tlsInGateway]) {
      assert.deepEqual(planNlbTlsPorts(ingress({ tls }), withPorts), []);
      assert.deepEqual(planNlbDecryptedPorts(ingress({ tls }), withPorts), []);
    }
  });
});

describe("nlbListenerNames", () => {
  it("are TLS where the NLB ends it", () => {
    assert.deepEqual(nlbListenerNames(ingress(), withPorts).slice(0, 2), ["TCP-80", "TCP-443"]);
    assert.deepEqual(nlbListenerNames(ingress({ tls: tlsAtBalancer }), withPorts).slice(0, 2), ["TCP-80", "TLS-443"]);
    assert.ok(nlbListenerNames(ingress({ tls: tlsAtBalancer }), withPorts).includes("TLS-9094"));
  });
});

describe("planNlbServicePorts", () => {
  it("has a port for each listener, and the status port where the health check needs its node port", () => {
    const own = [
      { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
      { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
    ];
    const further = [
      { name: "tls-kafka", port: 9094, targetPort: 19094, protocol: "TCP" },
      { name: "postgres", port: 5432, targetPort: 5432, protocol: "TCP" },
    ];
    assert.deepEqual(planNlbServicePorts(withPorts), [...own, ...further]);
    assert.deepEqual(planNlbServicePorts({ ...withPorts, targetType: "instance" }), [
      ...own,
      { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
      ...further,
    ]);
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
