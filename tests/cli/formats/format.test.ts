import assert from "node:assert/strict";
import { formatOfFile } from "../../../cli/formats/format";

describe("formatOfFile", () => {
  it("is what the ending of a file's name asks for", () => {
    const endings = ["plan.html", "PLAN.HTM", "a/b.json", "plan.mmd", "plan.gv", "plan.svg"];
    assert.deepEqual(endings.map(formatOfFile), ["html", "html", "json", "mermaid", "dot", "svg"]);
  });

  it("is none where the ending says nothing", () => {
    assert.deepEqual(["plan.txt", "plan", "-"].map(formatOfFile), [undefined, undefined, undefined]);
  });
});
