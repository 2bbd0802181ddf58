import { noteKinds } from "./note";
import { type Report, titles } from "./report";

/** The report for people. */
export function reportText({ cluster, mesh, notes, steps, findings }: Report): string {
  const sections = noteKinds.map((kind) => {
    const lines = notes
      .filter((note) => note.kind === kind)
      .map(
        ({ subject, text, suggestion }) =>
          `* ${subject}\n    ${text}${suggestion === undefined ? "" : `\n    ${suggestion}`}`,
      );
    return section(titles[kind], lines);
  });
  const commands = steps.map(
    ({ title, commands: lines, back }, index) =>
      `${index + 1}. ${title}\n${lines.map((line) => `     ${line}`).join("\n")}\n   back: ${back}`,
  );
  const found = findings.map(
    ({ level, id, where, what, suggestion }) =>
      `* ${level} ${id}, ${where}\n    ${what}${suggestion === undefined ? "" : `\n    ${suggestion}`}`,
  );
  const all = [
    ...sections,
    section("Commands, in this order", commands),
    section("Findings of istio-eks check", found),
  ];
  return `${[`Adoption of the mesh in cluster ${cluster}: ${mesh}`, ...all.flat()].join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}\n${"-".repeat(title.length)}\n${lines.join("\n")}`];
}
