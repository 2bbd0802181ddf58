import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { currentGuide, guides, readGuide } from "../support/guides";
import { root } from "../support/readme";
import { stepsOf } from "../support/steps";

describe("The guides of docs/", () => {
  for (const guide of guides) {
    it(`show in ${guide.file} what the steps make today`, async () => {
      assert.equal(readGuide(guide), await currentGuide(guide), "run `npm run golden`");
    }).timeout(60_000);

    it(`show in ${guide.file} every step of their examples, and only those`, () => {
      const places = [...readGuide(guide).matchAll(/<!-- (\S+):begin -->/g)].map((match) => String(match[1]));
      const steps = guide.folders.flatMap((folder) => stepsOf(folder).map(({ name }) => name));
      assert.deepEqual(places.sort(), [...steps].sort());
    });
  }

  it("go through every folder of steps that the examples have", () => {
    const folders = readdirSync(join(root, "examples"), { recursive: true, withFileTypes: true })
      .filter((entry) => /^\d+-.+\.yaml$/.test(entry.name))
      .map(({ parentPath }) => parentPath.slice(join(root, "examples/").length));
    assert.deepEqual([...new Set(folders)].sort(), guides.flatMap((guide) => guide.folders).sort());
  });
});
