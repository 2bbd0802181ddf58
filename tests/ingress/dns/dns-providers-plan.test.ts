import assert from "node:assert/strict";
import type { IngressArgs } from "../../../components";
import { dnsProviderOf, planDnsProviders } from "../../../components/ingress/dns/dns-providers-plan";
import { clusterFacts, settingsOf } from "../../support/settings";

const role = (name: string) => `arn:aws:iam::210987654321:role/${name}`;
const ingress = (host: string, dns: object = {}): IngressArgs => ({
  ...{ strategy: "nlb", hostnames: [`${host}.example.com`], dns: { zoneId: "Z1", ...dns } },
});
const settings = settingsOf({
  ingress: ingress("a"),
  additionalIngresses: {
    b: ingress("b", { roleArn: role("one") }),
    c: ingress("c", { roleArn: role("two") }),
    d: ingress("d", { roleArn: role("one") }),
  },
});

describe("planDnsProviders", () => {
  it("plans one for each role, named after the first ingress that has it", () => {
    const region = "eu-central-1";
    assert.deepEqual(planDnsProviders(settings, clusterFacts), [
      { name: "dns-provider-b", after: [], roleArn: role("one"), region },
      { name: "dns-provider-c", after: [], roleArn: role("two"), region },
    ]);
    assert.deepEqual(planDnsProviders(settingsOf({ ingress: ingress("a") }), clusterFacts), []);
  });
});

describe("dnsProviderOf", () => {
  it("is the one of the ingress' role, and none for the stack's own identity", () => {
    const { ingresses } = settings;
    assert.deepEqual(
      ingresses.map((one) => dnsProviderOf(ingresses, one)),
      [undefined, "dns-provider-b", "dns-provider-c", "dns-provider-b"],
    );
  });
});
