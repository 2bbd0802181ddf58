import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./readme";
import { type Step, configDiff, configOf, pairsOf, planDiff, planStep, stepsOf } from "./steps";

/** A text of docs/ that shows how to go from one stack file to the next. */
export interface Guide {
  /** Its file. */
  readonly file: string;
  /** The folders of `examples/` that it goes through, each step by step. */
  readonly folders: readonly string[];
}

export const guides: readonly Guide[] = [
  { file: "docs/upgrades.md", folders: ["upgrades/in-place", "upgrades/canary", "upgrades/tags"] },
  { file: "docs/adoption.md", folders: ["adoption"] },
  { file: "docs/how-to/certificates.md", folders: ["how-to/certificates"] },
  { file: "docs/how-to/certificate-authority.md", folders: ["how-to/certificate-authority", "how-to/private-ca"] },
  { file: "docs/how-to/dns.md", folders: ["how-to/dns"] },
  { file: "docs/how-to/internal-nlb.md", folders: ["how-to/internal-nlb"] },
  { file: "docs/how-to/local.md", folders: ["how-to/local"] },
  { file: "docs/how-to/routes.md", folders: ["how-to/routes"] },
  { file: "docs/how-to/sidecar-to-ambient.md", folders: ["how-to/sidecar-to-ambient"] },
  { file: "docs/how-to/stuck-destroy.md", folders: ["how-to/deletion-protection"] },
  { file: "docs/how-to/terraform.md", folders: ["how-to/terraform"] },
  { file: "docs/how-to/waf.md", folders: ["how-to/waf"] },
];

export function readGuide({ file }: Guide): string {
  return readFileSync(join(root, file), "utf8");
}

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\`\`\`\n`;

/** What a guide shows of its first step, and of each later one: what is written, and what follows from it. */
async function shownSteps(steps: readonly Step[]): Promise<readonly (readonly [string, string])[]> {
  const later = pairsOf(steps).map(async ([was, is]) => {
    const plan = planDiff(await planStep(was), await planStep(is));
    return [is.name, `${fence("diff", configDiff(was, is))}\n${fence("diff", plan)}`] as const;
  });
  const first = steps.slice(0, 1).map((step) => [step.name, fence("yaml", configOf(step))] as const);
  return [...first, ...(await Promise.all(later))];
}

/** A guide with what its steps show today. */
export async function currentGuide(guide: Guide): Promise<string> {
  let text = readGuide(guide);
  for (const folder of guide.folders) {
    for (const [name, shown] of await shownSteps(stepsOf(folder))) {
      const [begin, end] = [`<!-- ${name}:begin -->\n`, `<!-- ${name}:end -->`];
      const [from, to] = [text.indexOf(begin), text.indexOf(end)];
      if (from < 0 || to < from) throw new Error(`${guide.file} has no place for the step ${name}: ${begin}${end}`);
      text = text.slice(0, from + begin.length) + shown + text.slice(to);
    }
  }
  return text;
}

/** Writes what the steps show into the guides; only `npm run golden` does that. */
export async function writeGuides(): Promise<void> {
  for (const guide of guides) writeFileSync(join(root, guide.file), await currentGuide(guide));
}
