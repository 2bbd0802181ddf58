import assert from "node:assert/strict";
import { planRecords } from "../../components/ingress/record-plan";
import type { DnsSettings, IngressSettings } from "../../components/plan/ingress-settings";
import { ingress } from "../support/settings";

const target = { hostname: "shop-1.elb.eu-central-1.amazonaws.com", zoneId: "Z3F0SRJ5LGBH90" };
const dns: DnsSettings = { zone: { kind: "id", id: "Z1" }, createRecords: true, evaluateTargetHealth: true };
const plan = (changes: Partial<IngressSettings> = {}, settings = dns) =>
  planRecords(ingress({ name: "shop", hostnames: ["app.example.com", "*.example.com"], ...changes }), settings, {
    zoneId: "Z1",
    target,
    after: ["gateway-shop"],
  });

describe("planRecords", () => {
  it("points each hostname at the load balancer, once the gateway can answer", () => {
    assert.deepEqual(plan(), [
      {
        name: "a-record-shop/app.example.com",
        after: ["gateway-shop"],
        type: "A",
        hostname: "app.example.com",
        zoneId: "Z1",
        target,
        evaluateTargetHealth: true,
      },
      {
        name: "a-record-shop/*.example.com",
        after: ["gateway-shop"],
        type: "A",
        hostname: "*.example.com",
        zoneId: "Z1",
        target,
        evaluateTargetHealth: true,
      },
    ]);
  });

  it("adds AAAA records where the load balancer has IPv6 addresses", () => {
    assert.deepEqual(
      plan({ ipAddressType: "dualstack", hostnames: ["app.example.com"] }).map(({ name, type }) => [name, type]),
      [
        ["a-record-shop/app.example.com", "A"],
        ["aaaa-record-shop/app.example.com", "AAAA"],
      ],
    );
  });

  it("makes none where the zone only proves a certificate", () => {
    assert.deepEqual(plan({}, { ...dns, createRecords: false }), []);
  });

  it("answers in spite of unhealthy targets if asked to", () => {
    assert.equal(plan({}, { ...dns, evaluateTargetHealth: false })[0]?.evaluateTargetHealth, false);
  });
});
