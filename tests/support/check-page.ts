import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Level, levels } from "../../cli/check/finding";
import { after, before, type Check } from "../../cli/check/checks/checks";
import { root } from "./readme";

const file = join(root, "docs/check.md");
const [begin, end] = ["<!-- findings:begin -->\n", "<!-- findings:end -->"];

export function readCheckPage(): string {
  return readFileSync(file, "utf8");
}

/** The page of the check command with every finding that it has today. */
export function currentCheckPage(): string {
  const text = readCheckPage();
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/check.md has no place for the findings: ${begin}${end}`);
  return text.slice(0, from + begin.length) + shownFindings() + text.slice(to);
}

/** Only `npm run golden` does that. */
export function writeCheckPage(): void {
  writeFileSync(file, currentCheckPage());
}

function shownFindings(): string {
  return [
    "### Before an install, and after it\n",
    ...before.map(section),
    "### Once the mesh is there\n",
    ...after.map(section),
  ].join("\n");
}

function section({ subject: { name, title, how, kinds } }: Check): string {
  const rows = Object.entries(kinds)
    .map(([kind, { level, what, suggestion = "" }]) => ({ id: `${name}/${kind}`, level, what, suggestion }))
    .filter(({ level }) => level !== "ok")
    .sort((one, other) => rank(one.level) - rank(other.level))
    .map(({ id, level, what, suggestion }) => `| \`${id}\` | ${level} | ${cell(what)} | ${cell(suggestion)} |`);
  const heading = `#### ${title}\n\nSeen by \`${how}\`.\n`;
  return `${[heading, "| finding | level | what | to do |", "|---|---|---|---|", ...rows].join("\n")}\n`;
}

const rank = (level: Level) => levels.indexOf(level);

/** Places that are filled in stand as `<place>`; signs that mean something in tables are taken apart. */
function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replace(/\{(\w+)\}/g, "‹$1›")
    .replace(/<([^>]+)>/g, "‹$1›");
}
