import assert from "node:assert/strict";
import { ipv4OnlyIngresses, planLookups } from "../../components/ingress/lookups-plan";
import { arn, settingsOf } from "../support/settings";

const nlb = { strategy: "nlb" } as const;

describe("planLookups", () => {
  it("asks for nothing where nothing needs an answer", () => {
    assert.deepEqual(planLookups(settingsOf()), {
      ...{ vpc: false, zones: {}, validationZones: {} },
      ...{ certificates: {}, loadBalancerTypes: [] },
    });
    assert.equal(planLookups(settingsOf({ ingress: { ...nlb, scheme: "internet-facing" } })).vpc, false);
  });

  it("asks for the VPC's range where only the VPC may come in", () => {
    assert.equal(planLookups(settingsOf({ ingress: nlb })).vpc, true);
  });

  it("asks for zones and certificates by name, and for none whose id or ARN is given", () => {
    const hostnames = ["app.example.com"];
    const { zones, certificates } = planLookups(
      settingsOf({
        ingress: {
          ...nlb,
          hostnames,
          dns: { zoneName: "example.com", privateZone: true },
          tls: { certificateDomain: "*.example.com" },
        },
        additionalIngresses: {
          shop: { ...nlb, hostnames: ["b.example.com"], dns: { zoneId: "Z1" }, tls: { certificateArn: arn } },
        },
      }),
    );
    assert.deepEqual(zones, { "istio-ingress": { name: "example.com", privateZone: true } });
    assert.deepEqual(certificates, { "istio-ingress": "*.example.com" });
  });

  it("asks for the zone that validates a certificate beside a private one, both in the role of the ingress", () => {
    const { zones, validationZones } = planLookups(
      settingsOf({
        ingress: {
          ...{ ...nlb, hostnames: ["app.example.com"], tls: { requestCertificate: true } },
          dns: {
            ...{ zoneName: "example.com", privateZone: true, validationZoneName: "example.com" },
            roleArn: "arn:aws:iam::210987654321:role/dns",
          },
        },
      }),
    );
    const provider = "dns-provider-istio-ingress";
    assert.deepEqual(zones, { "istio-ingress": { name: "example.com", privateZone: true, provider } });
    assert.deepEqual(validationZones, { "istio-ingress": { name: "example.com", privateZone: false, provider } });
  });

  it("asks for AWS's own zone once per kind of load balancer that records point at", () => {
    const types = (dns: object) => {
      const hostnames = ["a.example.com"];
      const one = (name: string) => ({ hostnames: [name], dns: { zoneId: "Z1", ...dns } });
      return planLookups(
        settingsOf({
          ingress: { ...nlb, hostnames, dns: { zoneId: "Z1", ...dns } },
          additionalIngresses: {
            b: { ...nlb, ...one("b.example.com") },
            c: { strategy: "alb", ...one("c.example.com") },
          },
        }),
      ).loadBalancerTypes;
    };
    assert.deepEqual(types({}), ["network", "application"]);
    assert.deepEqual(types({ createRecords: false }), []);
  });
});

describe("ipv4OnlyIngresses", () => {
  it("names the ingresses that an IPv6 cluster cannot have", () => {
    const settings = settingsOf({
      ingress: { ...nlb, ipAddressType: "dualstack" },
      additionalIngresses: { inner: nlb },
    });
    assert.deepEqual(ipv4OnlyIngresses(settings), ["inner"]);
  });
});
