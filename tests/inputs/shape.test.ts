import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { field, patternForm } from "../../components/inputs/form";
import { checkShape, mapOf, shape } from "../../components/inputs/shape";

const members = shape({
  name: field(patternForm("a name", /^[a-z]+$/)).optional(),
  enabled: z.boolean().optional(),
  hostnames: z.array(field(patternForm("a name", /^[a-z]+$/))).optional(),
  labels: mapOf(z.unknown()).optional(),
  names: mapOf(field(patternForm("a name", /^[a-z]+$/))).optional(),
  inner: shape({ depth: z.unknown() }).optional(),
});
const problemsOf = (value: unknown) => checkShape(members, value).problems;
const suggestionOf = (value: unknown) => problemsOf(value).map(({ path, suggestion }) => `${path}: ${suggestion}`);

describe("mapOf", () => {
  const labels = mapOf(z.string(), patternForm("a key", /^[a-z]+$/));

  it("refuses names that do not have the form, and reports the name, not its value", () => {
    assert.deepEqual(checkShape(labels, { team: "a", "A b": "c" }).problems, [
      { path: '["A b"]', given: '"A b"', allowed: "a key", suggestion: "write a key" },
    ]);
  });

  it("reports one problem of a name, and those of its value besides", () => {
    const of = (value: string) => checkShape(labels, JSON.parse(value)).problems.map(({ allowed }) => allowed);
    assert.deepEqual(of('{ "__proto__": "a" }'), ["any name but __proto__"]);
    assert.deepEqual(of('{ "A b": 1 }'), ["string", "a key"]);
  });

  it("looks for no names in a list", () => {
    assert.deepEqual(
      checkShape(labels, ["a"]).problems.map(({ path }) => path),
      [""],
    );
  });
});

describe("shape", () => {
  it("makes a problem of an unknown member, which would otherwise be read by nobody", () => {
    assert.deepEqual(problemsOf({ nam: "a" }), [
      {
        path: "nam",
        given: '"a"',
        allowed: "one of name, enabled, hostnames, labels, names, inner",
        suggestion: 'did you mean "name"?',
      },
    ]);
  });

  it("reports each unknown member, and has those removed that resemble nothing", () => {
    assert.deepEqual(suggestionOf({ helm: 1, Enabled: true }), [
      'helm: remove "helm": there is no such member',
      'Enabled: did you mean "enabled"?',
    ]);
  });

  it("refuses the one name in a map that would hide its value from every check", () => {
    const names = JSON.parse('{ "__proto__": "a", "other": 1 }') as unknown;
    assert.deepEqual(suggestionOf({ names }), ["names.other: write a name", "names.__proto__: give it another name"]);
  });

  it("looks for what was meant among the members of the block it stands in", () => {
    assert.deepEqual(suggestionOf({ inner: { depth: 1, name: 2 } }), [
      'inner.name: there is no such member here; from the top of the arguments there is "name"',
    ]);
  });
});

describe("checkShape", () => {
  it("finds nothing in a valid value", () => {
    assert.deepEqual(problemsOf({ name: "a", labels: { x: {} } }), []);
  });

  it("reports everything that is wrong in form together", () => {
    const { problems } = checkShape(members, { name: "A", hostnames: ["a", "B", "c"], x: 1 });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["name", "hostnames[1]", "x"],
    );
  });

  it("names the types as YAML's readers would", () => {
    assert.deepEqual(
      problemsOf({ enabled: 1, hostnames: {}, labels: [], inner: "x" }).map(
        ({ path, allowed }) => `${path}: ${allowed}`,
      ),
      ["enabled: true or false", "hostnames: a list", "labels: a map of names to values", "inner: a block of members"],
    );
  });

  it("has a boolean taken out of its quotes", () => {
    assert.deepEqual(suggestionOf({ enabled: "true" }), ["enabled: write true without quotes"]);
    assert.deepEqual(suggestionOf({ enabled: "false" }), ["enabled: write false without quotes"]);
    assert.deepEqual(suggestionOf({ enabled: "yes" }), ["enabled: write true or false"]);
  });

  it("has a single text put in a list", () => {
    assert.deepEqual(suggestionOf({ hostnames: "app" }), ['hostnames: write ["app"]']);
    assert.deepEqual(suggestionOf({ labels: "app" }), ["labels: write a map of names to values"]);
  });

  it("knows the null of a YAML key without value", () => {
    assert.deepEqual(suggestionOf({ hostnames: null, inner: null }), [
      "hostnames: give it a value, or remove the line",
      "inner: give it a value, or remove the line",
    ]);
  });

  it("reports once of an Output in place of a block, and nothing of its insides, which nobody wrote", () => {
    const deferred = pulumi.output({ depth: 1 });
    assert.deepEqual(problemsOf({ inner: deferred, x: 1 }), [
      { path: "inner", given: "[known later]", allowed: "a block of members", suggestion: "write a block of members" },
      {
        path: "x",
        given: "1",
        allowed: "one of name, enabled, hostnames, labels, names, inner",
        suggestion: 'remove "x": there is no such member',
      },
    ]);
    assert.deepEqual(
      problemsOf(pulumi.output({})).map(({ path }) => path),
      [""],
    );
  });

  it("gives the place of the whole block no name", () => assert.equal(problemsOf(null)[0]?.path, ""));

  it("keeps secret what stands under an unknown key that sounds like a secret", () => {
    assert.equal(problemsOf({ kubeConfigs: "apiVersion: v1" })[0]?.given, "[secret]");
  });

  it("falls back on zod's own words where a schema has no form of ours", () => {
    const other = shape({ size: z.number(), text: z.string().min(2) });
    assert.deepEqual(checkShape(other, { size: "x", text: "a" }).problems, [
      { path: "size", given: '"x"', allowed: "number", suggestion: "write number" },
      {
        path: "text",
        given: '"a"',
        allowed: "Too small: expected string to have >=2 characters",
        suggestion: "write Too small: expected string to have >=2 characters",
      },
    ]);
  });
});
