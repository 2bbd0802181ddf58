import assert from "node:assert/strict";
import { namedById, namedByPeers } from "../components/former-names";

const nameOf = (into: string, from: string) => `rule-${into}/from-${from}`;

describe("namedById", () => {
  it("prefers the id that the user wrote, and remembers the place", () => {
    assert.deepEqual(namedById("sg-a", "nodes", "sg-a"), { name: "sg-a", otherNames: ["nodes"] });
  });

  it("takes the place where the id is known later, and remembers the id", () => {
    const id = Promise.resolve("sg-a");
    assert.deepEqual(namedById(undefined, "nodes", id), { name: "nodes", otherNames: [id] });
  });
});

describe("namedByPeers", () => {
  const fixed = { name: "10.0.0.0/16", otherNames: [] };

  it("has no former name where no peer has another one", () => {
    assert.deepEqual(namedByPeers([{ name: "sg-a", otherNames: [] }, fixed], nameOf), {
      name: "rule-sg-a/from-10.0.0.0/16",
    });
  });

  it("knows every combination of the names that its peers have or had", () => {
    const [into, from] = [namedById("sg-a", "0", "sg-a"), namedById("sg-b", "1", "sg-b")];
    assert.deepEqual(namedByPeers([into, from], nameOf), {
      name: "rule-sg-a/from-sg-b",
      formerNames: ["rule-sg-a/from-1", "rule-0/from-sg-b", "rule-0/from-1"],
    });
  });

  it("leaves a place for an id that is known later", () => {
    const id = Promise.resolve("sg-a");
    assert.deepEqual(namedByPeers([namedById(undefined, "0", id), fixed], nameOf), {
      name: "rule-0/from-10.0.0.0/16",
      formerNames: [{ concat: ["rule-", id, "/from-", "10.0.0.0/16", ""] }],
    });
  });

  it("does not count a name among the former ones that it has", () => {
    assert.deepEqual(namedByPeers([namedById("a", "a", "a"), fixed], nameOf), { name: "rule-a/from-10.0.0.0/16" });
  });
});
