import { type Finding, levels } from "./finding";

/** The findings for programs: `counts` by level, and each finding with the same members. */
export function findingsJson(findings: readonly Finding[]): string {
  const counts = Object.fromEntries(
    levels.map((level) => [level, findings.filter((one) => one.level === level).length]),
  );
  const listed = findings.map(({ id, level, where, what, how, suggestion = null }) => ({
    id,
    level,
    where,
    what,
    how,
    suggestion,
  }));
  return `${JSON.stringify({ counts, findings: listed }, null, 2)}\n`;
}
