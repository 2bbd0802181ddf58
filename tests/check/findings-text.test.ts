import assert from "node:assert/strict";
import type { Finding } from "../../cli/check/finding";
import { findingsJson } from "../../cli/check/findings-json";
import { findingsText } from "../../cli/check/findings-text";

const fine: Finding = { id: "tea/good", level: "ok", where: "cup", what: "Good.", how: "taste it" };
const cold: Finding = {
  ...{ id: "tea/cold", level: "problem", where: "cup", what: "It has twelve degrees, and nobody likes that." },
  ...{ how: "taste it", suggestion: "kettle --heat https://example.com/a-long-address-that-is-not-to-be-broken" },
};
const warned: Finding = { ...cold, id: "tea/weak", level: "warning" };
const unseen: Finding = { id: "tea/unknown", level: "unknown", where: "cup", what: "Not checked.", how: "taste it" };
const plain = { colours: false, width: 50 };

describe("findingsText", () => {
  it("tells the worst first, in lines that fit, and what is fine in one line", () => {
    assert.equal(
      findingsText([fine, fine, warned, unseen, cold], plain),
      `✗ problem tea/cold
  where    cup
  what     It has twelve degrees, and nobody likes
           that.
  seen by  taste it
  to do    kettle --heat
           https://example.com/a-long-address-that-is-not-to-be-broken

? unknown tea/unknown
  where    cup
  what     Not checked.
  seen by  taste it

! warning tea/weak
  where    cup
  what     It has twelve degrees, and nobody likes
           that.
  seen by  taste it
  to do    kettle --heat
           https://example.com/a-long-address-that-is-not-to-be-broken

✓ cup: Good.
✓ cup: Good.

1 problem, 1 not checked, 1 warning, 2 fine.
`,
    );
  });

  it("folds checks that could not run for one reason, and counts each of them", () => {
    const late = { ...unseen, what: "Not checked: late.", suggestion: "Wait." };
    const other = { ...late, id: "milk/unknown" };
    const alone = { ...unseen, id: "sugar/unknown", what: "Not checked: locked." };
    const failed = { ...unseen, id: "tea/failed", what: "Not checked: late." };
    assert.equal(
      findingsText([late, failed, other, alone, { ...late, where: "pot" }], plain),
      `? unknown 3 checks
  where    tea, milk
  what     Not checked: late.
  to do    Wait.

? unknown tea/failed
  where    cup
  what     Not checked: late.
  seen by  taste it

? unknown sugar/unknown
  where    cup
  what     Not checked: locked.
  seen by  taste it

0 problems, 5 not checked, 0 warnings, 0 fine.
`,
    );
    const noSuggestion = findingsText([unseen, { ...unseen, id: "milk/unknown" }], plain);
    assert.match(
      noSuggestion,
      /^\? unknown 2 checks\n {2}where {4}tea, milk\n {2}what {5}Not checked\.\n\n0 problems, 2 /,
    );
  });

  it("breaks what is fine, too, on a narrow terminal, and does not go below forty columns", () => {
    const long = { ...fine, what: "Good, and hot, and strong, and there is more of it in the pot." };
    const text = findingsText([long], { ...plain, width: 10 });
    assert.match(text, /^✓ cup: Good, and hot, and strong, and\n {2}there is more of it in the pot\.\n/);
  });

  it("uses no more of a wide terminal than one can read", () => {
    const long = { ...fine, what: "word ".repeat(60).trim() };
    const widest = Math.max(
      ...findingsText([long], { ...plain, width: 400 })
        .split("\n")
        .map(({ length }) => length),
    );
    assert.ok(widest <= 110 && widest > 100, String(widest));
  });

  it("paints only where it is asked to", () => {
    assert.ok(!findingsText([cold], plain).includes("\u001b"));
    assert.ok(findingsText([cold, fine], { ...plain, colours: true }).includes("\u001b[31m"));
  });

  it("counts one and several in good grammar", () => {
    assert.match(
      findingsText([cold, cold, warned, warned], plain),
      /2 problems, 0 not checked, 2 warnings, 0 fine\.\n$/,
    );
    assert.equal(findingsText([], plain), "0 problems, 0 not checked, 0 warnings, 0 fine.\n");
  });
});

describe("findingsJson", () => {
  it("has the same members for every finding, and counts them by level", () => {
    assert.deepEqual(JSON.parse(findingsJson([cold, fine])), {
      counts: { problem: 1, unknown: 0, warning: 0, ok: 1 },
      findings: [cold, { ...fine, suggestion: null }],
    });
  });
});
