import assert from "node:assert/strict";
import { parse } from "yaml";
import { checkFleet } from "../../../cli/fleet/fleet-form";
import { InputError } from "../../../cli/input-error";

const source = { placeOf: () => undefined, writtenAt: () => undefined };
const check = (text: string) => checkFleet(parse(text), source, "fleet.yaml");

function refused(text: string, ...said: readonly RegExp[]): void {
  assert.throws(
    () => check(text),
    (error) => {
      assert.ok(error instanceof InputError);
      for (const pattern of said) assert.match(error.message, pattern);
      return true;
    },
  );
}

describe("The form of a fleet file", () => {
  it("takes rings and clusters, of which one may have nothing of its own", () => {
    const { clusters } = check("rings: [{ name: one }]\nclusters: { eu-1: { ring: one }, eu-2: { ring: one } }");
    assert.deepEqual(Object.keys(clusters), ["eu-1", "eu-2"]);
    assert.deepEqual(check("clusters:\n  eu-1:\n").clusters, { "eu-1": {} });
  });

  it("is refused where there is no cluster, with an example", () => {
    refused("", /^1 problem in the fleet file fleet\.yaml; nothing was planned\./, /given {4}an empty file/, /eu-1:/);
    refused("clusters: {}", /given {4}no cluster/);
    refused("defaults: {}", / {2}clusters\n/);
    refused("- a", /the whole block/);
  });

  it("is refused with a member that it does not have, and says which is meant", () => {
    refused("clusters: { eu-1: { rings: one } }", /clusters\.eu-1\.rings\n/, /did you mean "ring"\?/);
    refused("cluster: {}\nclusters: { a: {} }", /did you mean "clusters"\?/);
    refused("rings: [{ name: one, mesh: {} }]\nclusters: { a: { ring: one } }", /rings\[0\]\.mesh/);
    refused("clusters: [a]", /allowed {2}a map of names to values/);
  });

  it("is refused with a ring that is not there, or not named", () => {
    refused("rings: [{ name: one }]\nclusters: { a: { ring: two } }", /clusters\.a\.ring\n/, /given {4}"two"/, /"one"/);
    refused("rings: [{ name: one }, { name: two }]\nclusters: { a: {} }", /given {4}nothing/, /"one" or "two"/);
    refused("clusters: { a: { ring: two } }", /no ring: the file has no rings/);
  });

  it("is refused with two rings of one name, and with names that cannot name a stack", () => {
    refused("rings: [{ name: one }, { name: one }]\nclusters: { a: { ring: one } }", /rings\[1\]/, /each entry once/);
    refused("clusters: { a b: {} }", /clusters\["a b"\]/, /it goes into|goes into cluster\.name/);
    refused("rings: [{ name: a/b }]\nclusters: { a: {} }", /rings\[0\]\.name/, /it names a stack/);
  });
});
