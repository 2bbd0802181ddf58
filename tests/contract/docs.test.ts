import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { readStackFile } from "../../cli/stack-file";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { smallest } from "../support/args";
import { codeBlocks, root } from "../support/readme";

const pages = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"));

for (const page of pages) {
  const path = join(root, "docs", page);
  const text = readFileSync(path, "utf8");

  describe(`docs/${page}`, () => {
    it("shows configuration without problems", () => {
      const blocks = codeBlocks("yaml", text);
      assert.ok(blocks.length > 0);
      for (const block of blocks) {
        const whole = block.startsWith("config:");
        const args = whole ? readStackFile(block, page, () => "").mesh : { ...smallest, ...(parse(block) as object) };
        assert.deepEqual(resolveIstioMesh(args).problems, [], block);
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
