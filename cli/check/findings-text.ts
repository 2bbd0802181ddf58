import pc from "picocolors";
import { wrap } from "../wrap";
import { type Finding, type Level, levels } from "./finding";

export interface TextOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const marks: Readonly<Record<Level, string>> = { problem: "✗", unknown: "?", warning: "!", ok: "✓" };
const narrowest = 40;
const widest = 110;

/** The findings for people, the worst first. What is fine takes a line each. */
export function findingsText(findings: readonly Finding[], { colours, width }: TextOptions): string {
  const paint = pc.createColors(colours);
  const inks: Readonly<Record<Level, (text: string) => string>> = {
    ...{ problem: paint.red, unknown: paint.magenta, warning: paint.yellow, ok: paint.green },
  };
  const columns = Math.max(narrowest, Math.min(width, widest));
  const blocks = levels.flatMap((level) => {
    const some = folded(findings.filter((finding) => finding.level === level));
    const lines = some.map((finding) => {
      const head = `${marks[level]} ${level === "ok" ? "" : `${level} `}${finding.id}`;
      return level === "ok"
        ? lineOf(finding, { ink: inks[level], columns })
        : [inks[level](paint.bold(head)), ...body(finding, columns)].join("\n");
    });
    return level === "ok" && lines.length > 0 ? [lines.join("\n")] : lines;
  });
  return `${[...blocks, summary(findings)].join("\n\n")}\n`;
}

/** A finding, or several that follow from one cause, of which none has more to it. */
type Shown = Omit<Finding, "how"> & Partial<Pick<Finding, "how">>;

/** Checks that could not run for one reason become one finding that names them. */
function folded(findings: readonly Finding[]): readonly Shown[] {
  return findings.flatMap((finding) => {
    const alike = findings.filter((other) => isUnchecked(other) && other.what === finding.what);
    if (!isUnchecked(finding) || alike.length === 1) return [finding];
    if (alike[0] !== finding) return [];
    const { level, what, suggestion } = finding;
    const subjects = [...new Set(alike.map(({ id }) => id.replace(/\/.*$/, "")))].join(", ");
    const place = { id: `${alike.length} checks`, where: subjects };
    return [{ ...place, level, what, ...(suggestion === undefined ? {} : { suggestion }) }];
  });
}

function isUnchecked({ id }: Finding): boolean {
  return id.endsWith("/unknown");
}

interface LineOptions {
  readonly ink: (text: string) => string;
  readonly columns: number;
}

function lineOf({ where, what }: Shown, { ink, columns }: LineOptions): string {
  const [first = "", ...rest] = wrap(`${where}: ${what}`, columns - 2);
  return [`${ink(marks.ok)} ${first}`, ...rest.map((line) => `  ${line}`)].join("\n");
}

function body({ where, what, how, suggestion }: Shown, columns: number): readonly string[] {
  const rows = [
    ["where", where],
    ["what", what],
    ["seen by", how],
    ["to do", suggestion],
  ] as const;
  return rows.flatMap(([label, text]) =>
    text === undefined
      ? []
      : wrap(text, columns - 11).map((line, index) => `  ${(index === 0 ? label : "").padEnd(9)}${line}`),
  );
}

function summary(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const problems = count("problem");
  const warnings = count("warning");
  return [
    `${problems} ${problems === 1 ? "problem" : "problems"}`,
    `${count("unknown")} not checked`,
    `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    `${count("ok")} fine.`,
  ].join(", ");
}
