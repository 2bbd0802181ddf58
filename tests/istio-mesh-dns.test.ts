import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { answerWith, exampleFacts } from "../cli/plan/example-facts";
import type { IngressArgs } from "../components";
import { withIngress } from "./support/args";
import { orderOf } from "./support/order";
import { recordMesh } from "./support/recorded";

const role = "arn:aws:iam::210987654321:role/dns";
const provider = "mesh-dns-provider-istio-ingress";
const record = "mesh-a-record-app.example.com/private";
const validationRecord = "mesh-validation-record-app.example.com";

/** Names that are private, and a certificate that is validated in public. */
const splitHorizon = (dns: object = {}): IngressArgs => ({
  ...{ strategy: "nlb", scheme: "internal", hostnames: ["app.example.com"], tls: { requestCertificate: true } },
  dns: { zoneName: "example.com", privateZone: true, validationZoneName: "example.com", ...dns },
});
const answer = answerWith(exampleFacts({}));
const byZone = {
  answer: (token: string, inputs: Readonly<Record<string, unknown>>) =>
    token.endsWith(":getZone")
      ? { zoneId: inputs["privateZone"] === true ? "ZPRIVATE" : "ZPUBLIC" }
      : answer(token, inputs),
};

describe("The zones of an IstioMesh", () => {
  it("are a private one for its records and a public one for the validation record of its certificate", async () => {
    const { input } = await recordMesh(withIngress(splitHorizon()), byZone);
    assert.deepEqual([input(record, "zoneId"), input(validationRecord, "zoneId")], ["ZPRIVATE", "ZPUBLIC"]);
  });

  it("may be named by id, and are not looked up then", async () => {
    const args = splitHorizon({ zoneId: "Z1", validationZoneName: undefined, validationZoneId: "Z2" });
    const { input, lookups } = await recordMesh(withIngress({ ...args }));
    assert.deepEqual(
      [input("mesh-a-record-app.example.com", "zoneId"), input(validationRecord, "zoneId")],
      ["Z1", "Z2"],
    );
    assert.ok(!lookups.some(({ token }) => token.endsWith(":getZone")));
  });

  it("are asked and written to in the role of their account, and nothing else is", async () => {
    const { resources, lookups, input } = await recordMesh(withIngress(splitHorizon({ roleArn: role })));
    assert.equal(input(provider, "assumeRoles"), JSON.stringify([{ roleArn: role }]));
    assert.equal(input(provider, "region"), "eu-central-1");
    const inRole = resources.filter(({ options }) => options["provider"] === provider).map(({ name }) => name);
    assert.deepEqual(inRole.sort(), [record, validationRecord].sort());
    for (const { token, provider: asked } of lookups) {
      assert.equal(asked.includes(`::${provider}::`), token.endsWith(":getZone"), token);
    }
    const order = orderOf(resources);
    assert.deepEqual(order.removal[0], ["mesh-cleanup"]);
    assert.ok(order.level(record) < order.level(provider));
  });

  it("have one provider for each role, beginning from the stack's own identity", async () => {
    const other = "arn:aws:iam::310987654321:role/dns";
    const ingressOf = (host: string, roleArn: pulumi.Input<string>): IngressArgs => ({
      ...{ strategy: "nlb", hostnames: [host], dns: { zoneId: "Z1", roleArn } },
    });
    pulumi.runtime.setAllConfig({
      "aws:profile": "ops",
      "aws:assumeRoles": JSON.stringify([{ roleArn: "first" }, {}]),
    });
    try {
      const deferred = pulumi.output(other);
      const { resources, find, input } = await recordMesh(() => ({
        ...withIngress(ingressOf("a.example.com", role)),
        additionalIngresses: {
          b: ingressOf("b.example.com", role),
          c: ingressOf("c.example.com", deferred),
          d: ingressOf("d.example.com", deferred),
        },
      }));
      const providers = resources.filter(({ type }) => type === "pulumi:providers:aws").map(({ name }) => name);
      assert.deepEqual(providers, [provider, "mesh-dns-provider-c"]);
      assert.equal(
        input("mesh-dns-provider-c", "assumeRoles"),
        JSON.stringify([{ roleArn: "first" }, { roleArn: other }]),
      );
      assert.equal(input("mesh-dns-provider-c", "profile"), "ops");
      const used = ["a", "b", "c", "d"].map((host) => find(`mesh-a-record-${host}.example.com`).options["provider"]);
      assert.deepEqual(used, [provider, provider, "mesh-dns-provider-c", "mesh-dns-provider-c"]);
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });
});
