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
    assert.match(String(warning), /^ingress\.allowedPrefixListIds: .*\(2 here\); AWS allows 60 rules/);
    assert.match(resolve({ allowedPrefixListIds: [list] }, 1).warnings.join(), /\(1 here\)/);
  });

  it("counts groups as rules too", () => {
    const groups = Array.from({ length: 31 }, (_, index) => `sg-${String(index).padStart(8, "0")}`);
    const [warning] = resolve({ allowedSecurityGroupIds: groups }).warnings;
    assert.match(String(warning), /^ingress\.allowedSecurityGroupIds: they make 62 rules; AWS allows 60/);
    assert.deepEqual(resolve({ allowedSecurityGroupIds: groups }, 1).warnings, []);
  });

  it("warns that rules that name a group do not match the public addresses of its members", () => {
    const args = { allowedSecurityGroupIds: [group] };
    assert.match(resolve({ ...args, scheme: "internet-facing" }).warnings.join(), /by public addresses/);
    assert.deepEqual(resolve(args).warnings, []);
  });
});
