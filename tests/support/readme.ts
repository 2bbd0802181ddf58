import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runPlan } from "../../cli/plan/plan-command";

export const root = resolve(__dirname, "../..");
const path = join(root, "README.md");
/** The page with the picture of a plan. */
const planPage = join(root, "docs/plan.md");
/** Pages with the tables and pictures that tests compare, by the name of the section. */
const sectionPages = { args: "docs/arguments.md", ingress: "docs/arguments.md", plan: "docs/plan.md" };

export function readReadme(): string {
  return readFileSync(path, "utf8");
}

/** The texts of all code blocks of a language, in the README or in another page. */
export function codeBlocks(language: string, page = readReadme()): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) =>
    String(match[1]),
  );
}

/** What stands between `<!-- name:begin -->` and `<!-- name:end -->` in its page. */
export function section(name: keyof typeof sectionPages): string {
  const page = readFileSync(join(root, sectionPages[name]), "utf8");
  const found = new RegExp(`<!-- ${name}:begin -->\\n([\\s\\S]*?)<!-- ${name}:end -->`).exec(page);
  if (found === null) throw new Error(`${sectionPages[name]} has no section ${name}`);
  return String(found[1]);
}

/** The picture that docs/plan.md should show. */
export async function plannedPicture(): Promise<string> {
  const config = join(root, "Pulumi.dev.yaml");
  const text = await runPlan({
    config,
    format: "mermaid",
    output: undefined,
    facts: undefined,
    destroy: false,
    colours: false,
  });
  return `\`\`\`mermaid\n${text}\`\`\`\n`;
}

/** Writes the picture into docs/plan.md; only `npm run golden` does that. */
export async function writePicture(): Promise<void> {
  const picture = await plannedPicture();
  writeFileSync(
    planPage,
    readFileSync(planPage, "utf8").replace(
      /(<!-- plan:begin -->\n)[\s\S]*?(<!-- plan:end -->)/,
      (_, begin, end) => `${begin}${picture}${end}`,
    ),
  );
}

/** Where the README's links to this repository begin: a registry's page has no repository beside it. */
const published = [
  "https://github.com/istio-eks/istio-eks/blob/main/",
  "https://github.com/istio-eks/istio-eks/tree/main/",
  "https://raw.githubusercontent.com/istio-eks/istio-eks/main/",
];

/** The path in this repository that a link of the README leads to; undefined for a link to elsewhere. */
export function repositoryPath(link: string): string | undefined {
  return published.filter((prefix) => link.startsWith(prefix)).map((prefix) => link.slice(prefix.length))[0];
}
