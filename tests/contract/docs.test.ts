import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { factsShape } from "../../cli/plan/example-facts";
import { checkShape } from "../../components/inputs/shape";
import { readFleet } from "../../cli/fleet/fleet-file";
import { readStackFile } from "../../cli/stack/stack-file";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { smallest } from "../support/args";
import { codeBlocks, root } from "../support/readme";

const markdownIn = (folder: string, recursive = false) =>
  readdirSync(join(root, folder), { recursive, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file).replaceAll("\\", "/"))
    .sort();
const others = ["policy/README.md", "tests/live/README.md", "tests/rendered/README.md"];
const pages = [...markdownIn("."), ...markdownIn("docs", true), ...markdownIn("components/decisions"), ...others];

const read = (page: string) => readFileSync(join(root, page), "utf8");

const sourceTexts = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file: `${folder}/${file}`, text: read(`${folder}/${file}`) }));

/** Names of headings as the hosts of repositories make them into anchors. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm)];
  return headings.map(([, heading]) =>
    String(heading)
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

for (const page of pages) {
  const text = read(page);

  describe(page, () => {
    it("shows configuration without problems", () => {
      const blocks = codeBlocks("yaml", text);
      for (const block of blocks) {
        const whole = block.startsWith("config:");
        const args = whole
          ? readStackFile(block, page, () => Promise.resolve("a secret")).mesh
          : { ...smallest, ...(parse(block) as object) };
        assert.deepEqual(resolveIstioMesh(args).problems, [], block);
      }
      for (const facts of codeBlocks("yaml facts", text)) {
        assert.deepEqual(checkShape(factsShape, parse(facts)).problems, [], facts);
      }
      for (const fleet of codeBlocks("yaml fleet", text)) {
        const clusters = readFleet(fleet, page).rings.flatMap((ring) => ring.clusters);
        for (const { mesh, problems } of clusters)
          assert.deepEqual([...problems, ...resolveIstioMesh(mesh).problems], [], fleet);
      }
    });

    it("shows commands that a shell can read, and scripts of npm that are there", () => {
      const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: object };
      for (const block of codeBlocks("sh", text)) {
        // `<name>` stands for what the reader writes.
        const { status, stderr } = spawnSync("bash", ["-n"], { input: block.replaceAll(/<[^>\n]+>/g, "it") });
        assert.equal(status, 0, `${block}\n${String(stderr)}`);
      }
      const named = [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map((match) => String(match[1]));
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
      );
    });

    it("links only to what is there", () => {
      const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]+))?\)/g)];
      const broken = links.filter(([, file, anchor]) => {
        const target = file === "" ? join(root, page) : join(root, dirname(page), String(file));
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
      });
      assert.deepEqual(
        broken.map(([link]) => link),
        [],
      );
    });
  });
}

/** Kinds of code blocks, each checked here or in the tests of what generates it. */
const kinds = [
  "",
  "diff",
  "json",
  "mermaid",
  "python",
  "sh",
  "text",
  "ts",
  "ts args",
  "ts plan",
  "yaml",
  "yaml facts",
  "yaml fleet",
  "yaml github",
  "yaml kubernetes",
  "yaml program",
];

describe("the pages together", () => {
  it("have every page and heading that a text of the component or of the CLI names", () => {
    const named = ["components", "cli"].flatMap(sourceTexts).flatMap(({ file, text }) =>
      [...text.matchAll(/(?:'([A-Z][^'\n]+)' in )?\b(?:docs\/([\w/-]+\.md)|the (README))\b/g)].map(
        ([whole, heading, page, readme]) => ({
          whole: `${file}: ${whole}`,
          heading,
          path: readme ? "README.md" : `docs/${String(page)}`,
        }),
      ),
    );
    const broken = named.filter(
      ({ heading, path }) =>
        !existsSync(join(root, path)) ||
        (heading !== undefined && !new RegExp(`^#+ ${heading}$`, "m").test(read(path))),
    );
    assert.deepEqual(
      broken.map(({ whole }) => whole),
      [],
    );
    assert.ok(named.some(({ heading }) => heading !== undefined));
  });

  it("show only code of kinds that some test checks", () => {
    const strange = pages.flatMap((page) => {
      const fences = [...read(page).matchAll(/^```(.*)$/gm)].map(([, kind]) => String(kind));
      return fences.filter((kind) => !kinds.includes(kind)).map((kind) => `${page}: ${kind}`);
    });
    assert.deepEqual(strange, []);
  });

  it("are all led to by the index of docs/, which the README leads to", () => {
    const index = read("docs/README.md");
    const missing = pages
      .filter((page) => page.startsWith("docs/") && page !== "docs/README.md")
      .filter((page) => !index.includes(`](${page.slice("docs/".length)})`));
    assert.deepEqual(missing, []);
    assert.match(read("README.md"), /\]\(https:[^)]+\/docs\/README\.md\)/);
  });

  it("show TypeScript that is a syntax the compiler reads", () => {
    for (const page of pages) {
      for (const block of codeBlocks("ts", read(page))) {
        const { diagnostics = [] } = ts.transpileModule(block, { reportDiagnostics: true });
        assert.deepEqual(
          diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
          [],
          `${page}: ${block}`,
        );
      }
    }
  });

  it("show code of every kind that is checked", () => {
    const all = pages.map(read).join("\n");
    for (const language of ["yaml", "yaml facts", "sh"]) assert.ok(codeBlocks(language, all).length > 0, language);
  });
});
