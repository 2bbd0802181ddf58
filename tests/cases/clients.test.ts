import assert from "node:assert/strict";
import { type Case, nlb, alb, service, ingress, refuses, made, annotation, namesOf } from "../support/cases";
import { memberAt } from "../support/recorded";

describe("Cases: addresses and who may connect", () => {
  it("03b: an ALB of an IPv6 cluster lets in both families; what EKS reports must be written", async () => {
    const found = await made("03b-ipv6-alb");
    assert.equal(found.annotations(ingress)[`${alb}ip-address-type`], "dualstack");
    assert.deepEqual(found.rules("mesh-rule-istio-ingress/http-from-"), [
      "80 of <mesh-security-group-istio-ingress.id>: 0.0.0.0/0",
      "80 of <mesh-security-group-istio-ingress.id>: ::/0",
    ]);
    const { warnings } = await made("03b-ipv6-alb", { ipFamily: "ipv6" });
    assert.match(warnings.join("\n"), /EKS reports ipv6\. Write cluster\.ipFamily: "ipv6"/);
  });

  it("03c: a load balancer of an IPv6 cluster is dualstack by itself, and nodes need primary IPv6 addresses", async () => {
    const found = await made("03c-ipv6-nlb-instance-targets", { ipFamily: "ipv6" });
    assert.equal(found.annotations(service)[`${nlb}ip-address-type`], "dualstack");
    assert.match(
      found.warnings.join("\n"),
      /each of them needs a primary IPv6 address \(PrimaryIpv6 in the launch template\)/,
    );
  });

  it("36: an internal ALB of both families lets in the VPC's ranges of both, and has both records", async () => {
    const found = await made("36-alb-internal-dualstack-dns", { vpcSecondaryCidrs: ["100.64.0.0/16"] });
    assert.deepEqual(found.rules("mesh-rule-istio-ingress/http-from-"), [
      "80 of <mesh-security-group-istio-ingress.id>: 10.0.0.0/16",
      "80 of <mesh-security-group-istio-ingress.id>: 100.64.0.0/16",
      "80 of <mesh-security-group-istio-ingress.id>: 2001:db8:1234:1a00::/56",
    ]);
    assert.deepEqual(namesOf(found, /-record-/), [
      "mesh-a-record-app.example.com/private",
      "mesh-aaaa-record-app.example.com/private",
    ]);
  });

  it("36b: no record leads to a family of addresses that nobody may use", async () => {
    const found = await made("36b-dualstack-ipv4-clients");
    assert.deepEqual(namesOf(found, /-record-/), ["mesh-a-record-shop.example.com"]);
    assert.match(found.warnings.join("\n"), /^ingress\.allowedCidrs: they hold IPv4 ranges only/m);
  });

  it("08: refuses the annotation that the controller would not read, and names the member", async () => {
    await refuses("08-prefix-list", {
      [annotation(`${alb}security-group-prefix-lists`)]: "remove it and use allowedPrefixListIds",
    });
  });

  it("08b: a rule for each port, and the numbers that AWS counts", async () => {
    const found = await made("08b-prefix-list-member");
    assert.deepEqual(
      found.rules("mesh-rule-istio-ingress/http").filter((rule) => rule.includes("pl-")),
      [
        "443 of <mesh-security-group-istio-ingress.id>: pl-4fa04526",
        "80 of <mesh-security-group-istio-ingress.id>: pl-4fa04526",
      ],
    );
    assert.match(
      found.warnings.join("\n"),
      /CloudFront's, of 55 entries, as 110 rules\. AWS allows 60 .* raise the quota "Inbound or outbound rules per security group"/,
    );
  });

  it("40: nodes with a group of their own let in the ALB, each other and istiod's webhook, in words that EC2 takes", async () => {
    const found = await made("40-alb-node-security-groups");
    const nodes = "sg-0123456789abcdef0";
    assert.deepEqual(
      found.rules("mesh-node-rule-").map((rule) => rule.replace(` of ${nodes}: ${nodes}`, "")),
      ["15008", "15012", "15014", "15020", "15021", "80"],
    );
    assert.deepEqual(found.rules("mesh-webhook-rule-"), [`15017 of ${nodes}: sg-0example0cluster0`]);
    assert.deepEqual(found.rules("mesh-rule-istio-ingress/http2-into-"), [
      `<${service}.spec.ports[http2].nodePort> of ${nodes}: <mesh-security-group-istio-ingress.id>`,
    ]);
    const described = found.resources.flatMap(({ type, inputs }) =>
      type.includes("ecurityGroup") ? [String(memberAt(inputs, "description"))] : [],
    );
    assert.ok(described.length > 8);
    for (const text of described) assert.match(text, /^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/);
  });

  it("42: the rules of a group of nodes are the same with another group less", async () => {
    const [both, one] = [await made("42-node-groups-a-b"), await made("42-node-groups-b")];
    const rulesOf = ({ resources }: Case) =>
      new Map(
        resources.flatMap(({ name, type, inputs }) =>
          /SecurityGroup(In|E)gressRule$/.test(type) ? [[name, inputs] as const] : [],
        ),
      );
    const [before, after] = [rulesOf(both), rulesOf(one)];
    assert.ok(after.size > 10);
    for (const [name, inputs] of after) assert.deepEqual(inputs, before.get(name), name);
  });
});
