import assert from "node:assert/strict";
import { after, before } from "../../cli/check/judges/judges";
import { currentCheckPage, readCheckPage } from "../support/check-page";

describe("docs/check.md", () => {
  it("tells every finding with its remedy, as the command does today", () => {
    assert.equal(readCheckPage(), currentCheckPage(), "run `npm run golden`");
  });

  it("names each finding that asks for something", () => {
    const page = readCheckPage();
    const asking = [...before, ...after].flatMap(({ subject: { name, kinds } }) =>
      Object.entries(kinds).flatMap(([kind, { level }]) => (level === "ok" ? [] : [`\`${name}/${kind}\``])),
    );
    assert.ok(asking.length > 60, String(asking.length));
    assert.deepEqual(
      asking.filter((id) => !page.includes(id)),
      [],
    );
  });
});
