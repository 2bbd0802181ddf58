import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanupScript } from "../../../components/cleanup/cleanup-script";
import { root } from "../readme";
import { type Wrong, wrongArguments } from "../wrong";
import { cell, generated, table } from "./markdown";
import { thrownTexts } from "./thrown-texts";
import { warningTexts } from "./warning-texts";

/** What can be told of arguments and by a run, with what to do. */
export function errorsPage(): string {
  const arguments_ = Object.entries(wrongArguments()).flatMap(([file, rows]) => [
    `### ${titleOf(file)}`,
    table(["if", "at", "allowed", "to do"], rowsOf(rows)),
  ]);
  return `${[
    "# Errors and what to do",
    generated,
    "All arguments are validated before anything is created or queried, in two phases: first every malformed value is reported, and once all " +
      "values are well-formed, every contradiction between them. Each error says where, what was given, what is allowed and what to do. " +
      "`istio-eks plan` reports the same, with exit code 2, without an account or a cluster.",
    "What AWS, Kubernetes or Helm refuse while a mesh is made or removed has a page: [when destroy cannot " +
      "finish](../destroy.md#when-destroy-cannot-finish), [when up cannot finish](../destroy.md#when-up-cannot-finish).",
    "## Reported by `pulumi destroy`, before anything is removed",
    "By the command `mesh-cleanup`, which goes first. `$…` stands for what the run fills in.",
    list(saidAtDestroy()),
    "## Reported by `pulumi up`",
    list(thrownTexts()),
    "## Warned of",
    "By `istio-eks plan`, and by `pulumi preview` and `up` as warnings. They stop nothing. `$…` and `…` stand for what you wrote.",
    list(warningTexts()),
    "## Reported for arguments",
    "From the tables of `tests/bad-input`, whose rows are tests: arguments that are wrong in this way, and exactly this answer.",
    ...arguments_,
  ].join("\n\n")}\n`;
}

/** The comment at the head of a table says what it is about. */
function titleOf(file: string): string {
  const [first = ""] = readFileSync(join(root, "tests/bad-input", `${file}.yaml`), "utf8").split("\n");
  return first.replace(/^# /, "").replace(/\.$/, "");
}

/** One row for each place that something is told of; an answer that the row before has too is not told again. */
function rowsOf(rows: readonly Wrong[]): readonly (readonly string[])[] {
  const reported = new Set<string>();
  return rows.flatMap(({ when, problems }) =>
    problems.flatMap(({ path, allowed, suggestion }) => {
      const row = [cell(when), path === "" ? "the whole" : `\`${cell(path)}\``, cell(allowed), cell(suggestion)];
      const answer = JSON.stringify(row.slice(1));
      if (reported.has(answer)) return [];
      reported.add(answer);
      return [row.map(plain)];
    }),
  );
}

/** `<name>` outside of code would be taken for HTML, and stars for emphasis. */
function plain(text: string): string {
  return text.startsWith("`") ? text : text.replaceAll("<", "&lt;").replaceAll("*", "\\*").replaceAll("_", "\\_");
}

function list(texts: readonly string[]): string {
  // A text with backticks in it stands between two of them.
  return texts.map((text) => (text.includes("`") ? `- \`\` ${text} \`\`` : `- \`${text}\``)).join("\n");
}

/** Every `stop "…"` of the script, and what it says before it gives up. */
function saidAtDestroy(): readonly string[] {
  const stops = [...cleanupScript.matchAll(/\bstop "([^"]+)"/g)].map((match) => String(match[1]));
  return stops.filter((text) => text !== "$*").map((text) => `istio-eks: ${text}`);
}
