import assert from "node:assert/strict";
import { planRecords } from "../../../components/ingress/dns/record-plan";
import type { DnsSettings, IngressSettings } from "../../../components/plan/ingress-settings";
import { ingress } from "../../support/settings";

const target = { hostname: "shop-1.elb.eu-central-1.amazonaws.com", zoneId: "Z3F0SRJ5LGBH90" };
const dns: DnsSettings = {
  zone: { kind: "id", id: "Z1" },
  ...{ validationZone: undefined, roleArn: undefined },
  ...{ createRecords: true, evaluateTargetHealth: true },
};
const shop = (changes: Partial<IngressSettings> = {}) =>
  ingress({ name: "shop", hostnames: ["app.example.com", "*.example.com"], dns, ...changes });
const plan = (changes: Partial<IngressSettings> = {}, settings = dns, earlier: readonly IngressSettings[] = []) =>
  planRecords(shop(changes), settings, { zoneId: "Z1", target, after: ["gateway-shop"], earlier });
const namesOf = (changes: Partial<IngressSettings>, ...earlier: readonly IngressSettings[]) =>
  plan({ hostnames: ["app.example.com"], ...changes }, dns, earlier).map(({ name }) => name);

describe("planRecords", () => {
  it("points each hostname at the load balancer, once the gateway can answer", () => {
    assert.deepEqual(plan(), [
      {
        name: "a-record-app.example.com",
        after: ["gateway-shop"],
        type: "A",
        hostname: "app.example.com",
        zoneId: "Z1",
        target,
        evaluateTargetHealth: true,
      },
      {
        name: "a-record-*.example.com",
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
        ["a-record-app.example.com", "A"],
        ["aaaa-record-app.example.com", "AAAA"],
      ],
    );
  });

  it("makes no record of addresses to which nobody may connect", () => {
    const typesOf = (...clients: IngressSettings["clients"]) =>
      plan({ ipAddressType: "dualstack", hostnames: ["app.example.com"], clients }).map(({ type }) => type);
    const ipv4 = { kind: "ipv4", cidr: "203.0.113.0/24" } as const;
    const ipv6 = { kind: "ipv6", cidr: "2001:db8::/32" } as const;
    assert.deepEqual([typesOf(ipv4), typesOf(ipv6)], [["A"], ["AAAA"]]);
    const both = ["A", "AAAA"];
    assert.deepEqual(typesOf(ipv4, ipv6), both);
    assert.deepEqual(typesOf({ kind: "prefix-list", id: "pl-1" }), both);
    assert.deepEqual(typesOf(ipv4, { kind: "security-group", id: "sg-1" }), both);
  });

  it("knows a record by its hostname alone, so that another ingress can take it over in place", () => {
    assert.deepEqual(namesOf({ name: "shop" }), namesOf({ name: "store" }));
  });

  it("tells a hostname's record in a private zone from the one in the public zone", () => {
    const zone = { kind: "look-up", name: "example.com", privateZone: true } as const;
    const inside = { name: "inside", dns: { ...dns, zone } };
    assert.deepEqual(namesOf(inside, shop()), ["a-record-app.example.com/private"]);
    assert.deepEqual(namesOf({}, shop(inside)), ["a-record-app.example.com"]);
    assert.deepEqual(namesOf({ ...inside, name: "vpn" }, shop(inside)), ["a-record-app.example.com/private@vpn"]);
  });

  it("tells records by their ingress where only the ids of zones tell them apart", () => {
    assert.deepEqual(namesOf({ name: "second" }, shop()), ["a-record-app.example.com/@second"]);
    assert.deepEqual(namesOf({}, shop({ hostnames: ["other.example.com"] })), ["a-record-app.example.com"]);
    assert.deepEqual(namesOf({}, shop({ dns: { ...dns, createRecords: false } })), ["a-record-app.example.com"]);
    assert.deepEqual(namesOf({}, shop({ dns: undefined })), ["a-record-app.example.com"]);
  });

  it("makes none where the zone only validates a certificate", () => {
    assert.deepEqual(plan({}, { ...dns, createRecords: false }), []);
  });

  it("answers in spite of unhealthy targets if asked to", () => {
    assert.equal(plan({}, { ...dns, evaluateTargetHealth: false })[0]?.evaluateTargetHealth, false);
  });
});
