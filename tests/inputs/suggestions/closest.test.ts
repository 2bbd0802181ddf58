import assert from "node:assert/strict";
import { closest } from "../../../components/inputs/suggestions/closest";

describe("closest", () => {
  const members = ["name", "eksCluster", "kubeconfig", "securityGroupId", "vpcId"];

  it("finds the member whose letter case was wrong", () => {
    assert.equal(closest("kubeConfig", members), "kubeconfig");
    assert.equal(closest("EKSCLUSTER", members), "eksCluster");
  });

  it("prefers the same word in other case to a nearer one in letters", () => {
    assert.equal(closest("VPCID", ["VPCIDS", "vpcId"]), "vpcId");
  });

  it("finds the member behind a slip of up to a third of its letters", () => {
    assert.equal(closest("secuirtyGruopId", members), "securityGroupId");
    assert.equal(closest("nme", members), "name");
  });

  it("forgives one slip even in a word of two letters", () => {
    assert.equal(closest("io", ["ip"]), "ip");
    assert.equal(closest("oo", ["ip"]), undefined);
  });

  it("guesses nothing where no word is near, and where no word is known", () => {
    assert.equal(closest("replicas", members), undefined);
    assert.equal(closest("name", []), undefined);
  });

  it("forgives exactly a third of the letters, and not one more", () => {
    assert.equal(closest("abcdxx", ["abcdef"]), "abcdef");
    assert.equal(closest("abcxxx", ["abcdef"]), undefined);
  });
});
