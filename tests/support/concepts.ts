import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { treeText } from "../../cli/formats/tree";
import { removalOf } from "../../cli/plan/removal";
import { answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { mermaidText } from "../../cli/formats/mermaid";
import { trafficText } from "../../cli/formats/traffic";
import { type Plan, planMesh } from "../../cli/plan/plan";
import { flowPicture, ruleTable } from "./flow";
import { withoutStacks } from "./quick";
import { root } from "./readme";

const path = join(root, "docs/concepts.md");

/** The mesh of every picture; two words of it differ from picture to picture. */
export const conceptMesh = (mode: string, strategy: string) => ({
  mode,
  cluster: { name: "my-cluster" },
  ingress: {
    strategy,
    scheme: "internet-facing",
    hostnames: ["shop.example.com"],
    dns: { zoneName: "example.com" },
    tls: { certificateDomain: "shop.example.com" },
    routes: [{ host: "shop.example.com", service: "web", namespace: "shop", port: 8080 }],
  },
  namespaces: { shop: {} },
});

const planOf = (mode: string, strategy: string): Promise<Plan> =>
  withoutStacks(() => planMesh(conceptMesh(mode, strategy), answerWith(exampleFacts({}))));

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\`\`\`\n`;

/** What stands between the marks of docs/concepts.md, by the name of the mark. */
async function shown(): Promise<Readonly<Record<string, string>>> {
  const sections: Record<string, string> = {};
  for (const [mode, strategy] of [
    ["sidecar", "nlb"],
    ["sidecar", "alb"],
    ["ambient", "nlb"],
    ["ambient", "alb"],
  ] as const) {
    const plan = await planOf(mode, strategy);
    sections[`${mode}-${strategy}`] = `${fence("mermaid", flowPicture(plan))}\n${ruleTable(plan)}`;
    if (mode === "sidecar" && strategy === "nlb") sections["traffic"] = fence("mermaid", trafficText(plan));
    if (mode === "ambient" && strategy === "nlb") {
      sections["making"] = fence("mermaid", mermaidText(plan));
      sections["removing"] = fence(
        "text",
        treeText(removalOf(plan), { colours: false }).replaceAll(/ {2}after .*$/gm, ""),
      );
    }
  }
  const mesh = conceptMesh("sidecar", "nlb");
  return { ...sections, mesh: fence("yaml", stringify({ config: { "istio-mesh:mesh": mesh } })) };
}

export function readConcepts(): string {
  return readFileSync(path, "utf8");
}

/** docs/concepts.md with what its pictures show today. */
export async function currentConcepts(): Promise<string> {
  let text = readConcepts();
  for (const [name, section] of Object.entries(await shown())) {
    const [begin, end] = [`<!-- ${name}:begin -->\n`, `<!-- ${name}:end -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/concepts.md has no place for ${name}: ${begin}${end}`);
    text = text.slice(0, from + begin.length) + section + text.slice(to);
  }
  return text;
}

/** Writes the pictures anew; only `npm run golden` does that. */
export async function writeConcepts(): Promise<void> {
  writeFileSync(path, await currentConcepts());
}
