import assert from "node:assert/strict";
import { choice } from "../../components/inputs/choice";
import { accepts } from "../support/forms";

describe("choice", () => {
  const scheme = choice({ a: "internal", b: "internet-facing" }, { public: 'write "internet-facing"' });

  it("takes each of the words and lists all of them to who wrote another", () => {
    accepts(scheme, "internal", "internet-facing");
    assert.equal(scheme.allowed, 'one of "internal", "internet-facing"');
    assert.equal(scheme.check("dualstack"), 'write one of "internal", "internet-facing"');
  });

  it("suggests the choice behind a typing error or another letter case", () => {
    assert.equal(scheme.check("internet-facng"), 'did you mean "internet-facing"?');
    assert.equal(scheme.check("Internal"), 'did you mean "internal"?');
  });

  it("answers a word that other tools use with the one to write here", () => {
    assert.equal(scheme.check("public"), 'write "internet-facing"');
  });

  it("takes no word for a known one because every JavaScript object has a member of that name", () => {
    assert.equal(scheme.check("constructor"), 'write one of "internal", "internet-facing"');
  });

  it("reports how to write a word that YAML read as something else", () => {
    assert.equal(choice({ off: "off", on: "json" }).check(false), 'put it in quotes: "off"');
    assert.equal(scheme.check(true), 'write one of "internal", "internet-facing"');
  });
});
