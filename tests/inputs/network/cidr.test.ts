import assert from "node:assert/strict";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { cidr, cidrKind, isPrivateRange, mayBeVpcRange, rangesOverlap } from "../../../components/inputs/network/cidr";
import { accepts, refuses, suggestion } from "../../support/forms";

/** Ranges, ranges with host bits, addresses, and their neighbours that people write. */
const nearlyRanges = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 33 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 129 })).map(([address, bits]) => `${address}/${bits}`),
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.ipV6().map((address) => address.toUpperCase()),
  fc.tuple(fc.ipV4Extended(), fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
  fc.string({ unit: fc.constantFrom(..."0123456789abcdefx.:/% "), maxLength: 20 }),
);

describe("cidr", () => {
  it("takes ranges of IPv4 and IPv6, everybody included", () => {
    accepts(cidr, "10.0.0.0/16", "203.0.113.7/32", "0.0.0.0/0", "2001:db8::/32", "::/0", "2001:db8::1/128");
  });

  it("gives an address without mask the mask of a single host", () => {
    assert.equal(cidr.check("10.0.0.0"), 'it has no mask; did you mean "10.0.0.0/32"?');
    assert.equal(cidr.check("2001:DB8::1"), 'it has no mask; did you mean "2001:db8::1/128"?');
  });

  it("refuses host bits, which EC2 cuts off silently, and suggests what is left", () => {
    assert.match(String(cidr.check("10.0.3.7/16")), /write "10\.0\.0\.0\/16"/);
    assert.match(String(cidr.check("2001:db8::7/32")), /write "2001:db8::\/32"/);
  });

  it("refuses masks that are too long, and words", () => {
    refuses(cidr, "10.0.0.0/33", "2001:db8::/129", "everybody", "", "10.0.0.0/16,10.1.0.0/16");
  });

  it("does not guess what an address of fewer than four numbers, or with octal ones, may mean", () => {
    for (const given of ["10/8", "10.1/16", "010.0.0.0/8", "0x0a.0.0.0/8"]) {
      assert.equal(cidr.check(given), "write an address, a slash and a mask, such as 203.0.113.0/24", given);
    }
  });

  it("accepts only canonical ranges: parsed and printed they are the same text", () => {
    fc.assert(
      fc.property(nearlyRanges, (given) => {
        if (cidr.check(given) !== undefined) return;
        const [address, bits] = ipaddr.parseCIDR(given);
        assert.equal(`${address.toString()}/${bits}`, given);
        const { IPv4, IPv6 } = ipaddr;
        const kind = address.kind() === "ipv4" ? IPv4 : IPv6;
        assert.equal(kind.networkAddressFromCIDR(given).toString(), address.toString());
      }),
    );
  });

  it("suggests only what it would accept itself", () => {
    fc.assert(
      fc.property(nearlyRanges, (given) => {
        const suggested = suggestion(cidr.check(given));
        if (suggested !== undefined) accepts(cidr, suggested);
      }),
      { numRuns: 1000, examples: [["2001:DB8::1"], ["fe80::1%eth0"], ["::ffff:1.2.3.4/120"]] },
    );
  });
});

describe("cidrKind", () => {
  it("tells the two apart, since a rule of a security group has one field for each", () => {
    assert.equal(cidrKind("10.0.0.0/16"), "ipv4");
    assert.equal(cidrKind("2001:db8::/32"), "ipv6");
  });
});

describe("rangesOverlap", () => {
  it("finds one range in the other, either way round, and never IPv4 in IPv6", () => {
    const overlapping = [
      ["10.0.0.0/16", "10.0.128.0/20"],
      ["0.0.0.0/0", "203.0.113.7/32"],
      ["2001:db8::/32", "2001:db8:1::/48"],
    ];
    for (const [one = "", other = ""] of overlapping)
      assert.ok(rangesOverlap(one, other) && rangesOverlap(other, one), one);
    for (const other of ["10.1.0.0/16", "::/0", "11.0.0.0/8"]) assert.ok(!rangesOverlap("10.0.0.0/16", other), other);
  });
});

describe("mayBeVpcRange", () => {
  it("takes private ranges of IPv4, and ranges of IPv6, of the sizes that a VPC may have", () => {
    for (const range of ["10.0.0.0/16", "172.31.0.0/20", "192.168.1.0/28", "100.64.0.0/16", "2001:db8::/56"])
      assert.ok(mayBeVpcRange(range), range);
    for (const range of ["10.0.0.0/8", "192.168.1.0/29", "203.0.113.0/24", "8.8.8.0/24", "2001:db8::/32", "::/0"])
      assert.ok(!mayBeVpcRange(range), range);
  });
});

describe("isPrivateRange", () => {
  it("tells private IPv4 ranges, carrier-grade NAT among them, from public ones, and says nothing of IPv6", () => {
    for (const range of ["10.1.0.0/16", "172.16.0.0/12", "192.168.1.0/24", "100.64.0.0/16"])
      assert.equal(isPrivateRange(range), true, range);
    for (const range of ["3.120.1.4/32", "172.32.0.0/16", "100.128.0.0/16"])
      assert.equal(isPrivateRange(range), false, range);
    assert.equal(isPrivateRange("2001:db8::/32"), undefined);
  });
});
