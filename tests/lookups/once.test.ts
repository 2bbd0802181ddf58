import assert from "node:assert/strict";
import { once } from "../../components/lookups/once";

describe("once", () => {
  it("asks at the first use, and never again", () => {
    let asked = 0;
    const ask = once(() => ({ number: ++asked }));
    assert.equal(asked, 0);
    assert.deepEqual([ask(), ask(), ask()], [{ number: 1 }, { number: 1 }, { number: 1 }]);
    assert.equal(asked, 1);
  });
});
