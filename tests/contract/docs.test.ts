import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { smallest } from "../support/args";
import { codeBlocks, root } from "../support/readme";

const pages = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"));

for (const page of pages) {
  const path = join(root, "docs", page);
  const text = readFileSync(path, "utf8");

  describe(`docs/${page}`, () => {
    it("shows configuration without problems", () => {
      const blocks = codeBlocks("yaml", text).map((block) => parse(block) as object);
      assert.ok(blocks.length > 0);
      for (const block of blocks) {
        assert.deepEqual(resolveIstioMesh({ ...smallest, ...block }).problems, [], JSON.stringify(block));
      }
    });

    it("links only to what is there", () => {
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map((match) => String(match[1]));
      assert.deepEqual(
        links.filter((link) => !existsSync(join(dirname(path), link))),
        [],
      );
    });
  });
}
