import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type ClientsArgs, resolveClients } from "../../../components/ingress/clients/clients-args";
import { onlyProblem, placesOf } from "../../support/settings";

const resolve = (args: ClientsArgs, listeners = 2) => resolveClients(args, { path: "ingress", listeners });
const [list, group] = ["pl-4fa04526", "sg-0123456789abcdef0"];

describe("resolveClients", () => {
  it("lets in whom any of the three members names, and nobody else", () => {
    const { settings } = resolve({
      scheme: "internet-facing",
      allowedCidrs: ["203.0.113.0/24"],
      allowedPrefixListIds: [list],
      allowedSecurityGroupIds: [group],
    });
    assert.deepEqual(settings, [
      { kind: "ipv4", cidr: "203.0.113.0/24" },
      { kind: "prefix-list", id: list },
      { kind: "security-group", id: group },
    ]);
    assert.deepEqual(resolve({ allowedPrefixListIds: [list] }).settings, [{ kind: "prefix-list", id: list }]);
    assert.deepEqual(resolve({ allowedSecurityGroupIds: [group] }).settings, [{ kind: "security-group", id: group }]);
  });

  it("refuses lists that let nobody in, and the same entry twice", () => {
    assert.deepEqual(placesOf(resolve({ allowedPrefixListIds: [] })), ["ingress.allowedPrefixListIds"]);
    assert.deepEqual(placesOf(resolve({ allowedCidrs: [], allowedSecurityGroupIds: [] })), ["ingress.allowedCidrs"]);
    assert.deepEqual(placesOf(resolve({ allowedCidrs: [], allowedSecurityGroupIds: [group] })), []);
    const { path } = onlyProblem(resolve({ allowedSecurityGroupIds: [group, group] }));
    assert.equal(path, "ingress.allowedSecurityGroupIds[1]");
    const later = pulumi.output(list);
    assert.deepEqual(placesOf(resolve({ allowedPrefixListIds: [later, later] })), []);
  });

  it("warns that a prefix list counts with all its entries for each port", () => {
    const [warning] = resolve({ allowedPrefixListIds: [list] }).warnings;
    assert.equal(
      warning,
      "ingress.allowedPrefixListIds: a prefix list counts with its maximum number of entries for each of the load balancer's " +
        "ports (2 here): CloudFront's, of 55 entries, as 110 rules. AWS allows 60 in a security group by default and refuses " +
        'more: if the sum is higher, raise the quota "Inbound or outbound rules per security group" (Service Quotas, Amazon ' +
        "VPC, L-0EA8095F) before `pulumi up`.",
    );
    assert.match(resolve({ allowedPrefixListIds: [list] }, 1).warnings.join(), /\(1 here\).* as 55 rules\. AWS/);
    const beside = { allowedPrefixListIds: [list], allowedCidrs: ["10.0.0.0/8"], allowedSecurityGroupIds: [group] };
    assert.match(resolve(beside).warnings.join(), / as 110 rules, beside 4 for others\. AWS/);
  });

  it("counts the rules of IPv4 and of IPv6 each for themselves, as AWS does", () => {
    const ranges = (count: number, range: (index: number) => string) =>
      Array.from({ length: count }, (_, at) => range(at));
    const [ipv4, ipv6] = [
      ranges(30, (index) => `10.${index}.0.0/16`),
      ranges(31, (index) => `2001:db8:${index + 1}::/48`),
    ];
    const warnings = (allowedCidrs: string[]) =>
      resolve({ allowedCidrs, ipAddressType: "dualstack" }).warnings.filter((one) => one.includes("rules"));
    assert.deepEqual(warnings([...ipv4, ...ipv6.slice(1)]), []);
    assert.match(warnings([...ipv4, ...ipv6]).join(), /^ingress\.allowedCidrs: they make 62 rules\. AWS allows 60/);
  });

  it("counts groups as rules too", () => {
    const groups = Array.from({ length: 31 }, (_, index) => `sg-${String(index).padStart(8, "0")}`);
    const [warning] = resolve({ allowedSecurityGroupIds: groups }).warnings;
    assert.match(String(warning), /^ingress\.allowedSecurityGroupIds: they make 62 rules\. AWS allows 60/);
    assert.deepEqual(resolve({ allowedSecurityGroupIds: groups }, 1).warnings, []);
  });

  it("warns that rules that name a group do not match the public addresses of its members", () => {
    const args = { allowedSecurityGroupIds: [group] };
    assert.match(resolve({ ...args, scheme: "internet-facing" }).warnings.join(), /by public addresses/);
    assert.deepEqual(resolve(args).warnings, []);
  });

  it("warns where only one family of a load balancer with both is let in", () => {
    const warnings = (args: ClientsArgs) => resolve({ ipAddressType: "dualstack", ...args }).warnings.join();
    const [ipv4, ipv6] = ["203.0.113.0/24", "2001:db8::/32"];
    assert.equal(
      warnings({ allowedCidrs: [ipv4] }),
      "ingress.allowedCidrs: they hold IPv4 ranges only, and the load balancer has IPv6 addresses too: who connects to these " +
        "waits in vain, and hostnames get no record for them. Add IPv6 ranges to let in clients of both.",
    );
    assert.match(warnings({ allowedCidrs: [ipv6] }), /hold IPv6 ranges only, .* has IPv4 addresses too/);
    assert.equal(warnings({}), "");
    assert.equal(warnings({ allowedCidrs: [ipv4, ipv6] }), "");
    assert.equal(warnings({ allowedCidrs: [ipv4], ipAddressType: "ipv4" }), "");
    assert.equal(warnings({ allowedCidrs: [ipv4], allowedSecurityGroupIds: [group] }), "");
    assert.doesNotMatch(warnings({ allowedCidrs: [ipv4], allowedPrefixListIds: [list] }), /ranges only/);
  });
});
