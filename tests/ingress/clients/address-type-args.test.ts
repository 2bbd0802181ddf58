import assert from "node:assert/strict";
import { type AddressTypeContext, resolveAddressType } from "../../../components/ingress/clients/address-type-args";
import type { IpAddressType } from "../../../components";
import { onlyProblem } from "../../support/settings";

const resolve = (given: IpAddressType | undefined, changes: Partial<AddressTypeContext> = {}) =>
  resolveAddressType(given, { path: "ingress", ipFamily: "ipv4", nodePorts: false, ...changes });

describe("resolveAddressType", () => {
  it("is IPv4 only unless the user wants both families", () => {
    assert.deepEqual(resolve(undefined), { settings: "ipv4", problems: [], warnings: [] });
    assert.equal(resolve("dualstack").settings, "dualstack");
  });

  it("is both families on an IPv6 cluster, for whose pods the controller builds nothing else", () => {
    const ipFamily = "ipv6";
    assert.deepEqual(resolve(undefined, { ipFamily }), { settings: "dualstack", problems: [], warnings: [] });
    assert.deepEqual(resolve("dualstack", { ipFamily }).problems, []);
    assert.equal(onlyProblem(resolve("ipv4", { ipFamily })).path, "ingress.ipAddressType");
  });

  it("warns that nodes as targets need a primary IPv6 address there", () => {
    const ipFamily = "ipv6";
    assert.match(resolve(undefined, { ipFamily, nodePorts: true }).warnings.join(), /^ingress: .*PrimaryIpv6/);
    assert.deepEqual(resolve("dualstack", { nodePorts: true }).warnings, []);
  });
});
