import assert from "node:assert/strict";
import { z } from "zod";
import { field } from "../../../components/inputs/form";
import {
  accepts,
  blockOf,
  membersBelow,
  membersNamed,
  membersOf,
  membersSimilar,
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

describe("accepts", () => {
  it("reports whether a value has the form", () => {
    assert.deepEqual([accepts(inputValue, "tls-kafka"), accepts(inputValue, "TLS")], [true, false]);
  });
});
