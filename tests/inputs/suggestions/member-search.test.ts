import assert from "node:assert/strict";
import { z } from "zod";
import { cidr } from "../../../components/inputs/network/cidr";
import { field } from "../../../components/inputs/form";
import {
  accepts,
  blockOf,
  membersBelow,
  membersNamed,
  membersOf,
  membersSimilar,
  membersTaking,
  schemaAt,
} from "../../../components/inputs/suggestions/member-search";
import { mapOf, shape } from "../../../components/inputs/shape";
import { anyText, portName } from "../../../components/inputs/text";

const inputValue = field(portName);
const inner = shape({ webAclArn: field(anyText).optional(), hostnames: z.array(inputValue).optional() });
const root = shape({ alb: inner.optional(), many: mapOf(inner).optional(), count: z.number() });
const paths = (found: readonly { readonly path: readonly string[] }[]) => found.map(({ path }) => path.join("."));
const below = membersBelow(root);

describe("blockOf and membersOf", () => {
  it("see through what may be left out, and nothing in what is no block", () => {
    assert.deepEqual(Object.keys(membersOf(inner.optional())), ["webAclArn", "hostnames"]);
    assert.equal(blockOf(inputValue), undefined);
    assert.deepEqual([membersOf(inputValue), membersOf(undefined)], [{}, {}]);
  });
});

describe("schemaAt", () => {
  it("follows blocks, maps and lists", () => {
    assert.equal(schemaAt(root, ["alb", "hostnames", 0]), inputValue);
    assert.equal(schemaAt(root, ["many", "any", "hostnames", 1]), inputValue);
    assert.equal(schemaAt(root, []), root);
  });

  it("has nothing where there is no such member", () => {
    assert.equal(schemaAt(root, ["alb", "nothing", "deeper"]), undefined);
  });
});

describe("membersBelow", () => {
  it("finds every member, the nearest first, in maps too", () => {
    assert.deepEqual(paths(below), [
      ...["alb", "many", "count", "alb.webAclArn", "alb.hostnames"],
      ...["many.<name>.webAclArn", "many.<name>.hostnames"],
    ]);
    assert.deepEqual(membersBelow(undefined), []);
  });
});

describe("membersNamed", () => {
  it("finds a member by its name, by another word for it, and by block and member in one word", () => {
    const named = (key: string) => paths(membersNamed(key, "x", below));
    assert.deepEqual(named("waf"), ["alb.webAclArn", "many.<name>.webAclArn"]);
    assert.deepEqual(named("albWebAclArn"), ["alb.webAclArn"]);
    assert.deepEqual(named("nothing"), []);
  });

  it("prefers members that take the value, if any does", () => {
    assert.deepEqual(paths(membersNamed("count", 3, below)), ["count"]);
    assert.deepEqual(paths(membersNamed("count", "three", below)), ["count"]);
  });
});

describe("membersSimilar", () => {
  it("finds names that begin or end alike, unless the beginning is too short to mean anything", () => {
    const similar = (key: string) => paths(membersSimilar(key, "x", [...below]));
    assert.deepEqual(similar("hostnamesOfAll"), []);
    assert.deepEqual(similar("hostname"), ["alb.hostnames", "many.<name>.hostnames"]);
    assert.deepEqual(similar("myWebAclArn"), ["alb.webAclArn", "many.<name>.webAclArn"]);
    assert.deepEqual(similar("ho"), []);
  });

  it("finds by the value where the form of a text says what it is", () => {
    const port = { path: ["port"], schema: inputValue };
    assert.deepEqual(paths(membersSimilar("zzz", "tls-kafka", [port, ...below])), ["port"]);
    assert.deepEqual(membersSimilar("zzz", 3, [port]), []);
  });
});

describe("membersTaking", () => {
  const range = field(cidr);
  const ranges = { path: ["allowedCidrs"], schema: z.array(range).optional() };
  const one = { path: ["eastWest", "cidr"], schema: range };
  const bucket = { path: ["bucket"], schema: z.string().min(3).optional() };
  const taking = (key: string, given: unknown) => paths(membersTaking(key, given, [ranges, one, bucket, ...below]));

  it("finds by the form of a text, and of every entry of a list", () => {
    assert.deepEqual(taking("zzz", ["10.0.0.0/8"]), ["allowedCidrs"]);
    assert.deepEqual(taking("zzz", "10.0.0.0/8"), ["eastWest.cidr"]);
  });

  it("prefers names that begin or end alike", () => {
    const other = { path: ["vpcRange"], schema: range };
    assert.deepEqual(paths(membersTaking("vpcRangeOfAll", "10.0.0.0/8", [one, other])), ["eastWest.cidr", "vpcRange"]);
    assert.deepEqual(paths(membersTaking("range", "10.0.0.0/8", [one, other])), ["vpcRange"]);
  });

  it("finds nothing by what says nothing: a common word, no text, an empty list", () => {
    for (const given of ["x", "prod", 3, true, undefined, [], [3], ["x"]]) {
      assert.deepEqual(taking("zzz", given), []);
    }
  });
});

describe("accepts", () => {
  it("reports whether a value has the form", () => {
    assert.deepEqual([accepts(inputValue, "tls-kafka"), accepts(inputValue, "TLS")], [true, false]);
  });
});
