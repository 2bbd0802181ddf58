import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/readme";

const folder = join(root, "components/decisions");
const files = readdirSync(folder).filter((file) => file !== "README.md");
const read = (file: string) => readFileSync(join(folder, file), "utf8");

describe("components/decisions", () => {
  it("numbers its pages without gaps or doubles, and each begins with its own number", () => {
    const numbers = files.map((file) => file.slice(0, 4));
    assert.deepEqual(
      numbers,
      files.map((_, index) => String(index + 1).padStart(4, "0")),
    );
    assert.deepEqual(
      files.map((file) => read(file).slice(0, 7)),
      numbers.map((number) => `# ${number} `),
    );
  });

  it("lists every page in its README, under the title that the page has", () => {
    const rows = read("README.md")
      .split("\n")
      .filter((line) => /^\| \d/.test(line));
    const titles = files.map((file) => {
      const title = String(read(file).split("\n")[0]);
      return `| ${file.slice(0, 4)} | [${title.slice("# 0000 ".length)}](${file}) |`;
    });
    assert.deepEqual(rows, titles);
  });

  it("leads ten tasks to files that are there", () => {
    const rows = [...read("0022-strategies-are-modules.md").matchAll(/^\| [^|]+ \| `([^`|]+)` \|$/gm)];
    const paths = rows.map(([, path]) => String(path));
    assert.equal(paths.length, 10);
    assert.deepEqual(
      paths.filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
});
