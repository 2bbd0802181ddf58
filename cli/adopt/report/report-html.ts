import { escapeXml } from "../../formats/page/escape";
import { noteKinds } from "./note";
import { type Report, titles } from "./report";

const style =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}" +
  "pre{overflow-x:auto;padding:.5rem;border:1px solid}dt{font-weight:600;margin-top:.75rem}dd{overflow-wrap:anywhere}";

/** The report as one page that needs nothing else. */
export function reportHtml({ cluster, mesh, notes, steps, findings }: Report): string {
  const sections = noteKinds.map((kind) => {
    const some = notes.filter((note) => note.kind === kind);
    return section(
      titles[kind],
      some.map(({ subject, text, suggestion }) => entry(subject, [text, suggestion])),
    );
  });
  const commands = steps.map(
    ({ title, commands: lines, back }) =>
      `<li>${escapeXml(title)}<pre>${escapeXml(lines.join("\n"))}</pre>Back: <code>${escapeXml(back)}</code></li>`,
  );
  const found = findings.map(({ level, id, where, what, suggestion }) =>
    entry(`${level} ${id}, ${where}`, [what, suggestion]),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Adoption of the mesh in cluster ${escapeXml(cluster)}</title>
<style>${style}</style>
<h1>Adoption of the mesh in cluster ${escapeXml(cluster)}</h1>
<p>${escapeXml(mesh)}</p>
${sections.join("\n")}
<h2>Commands, in this order</h2>
<ol>${commands.join("\n")}</ol>
${section("Findings of istio-eks check", found)}
</html>
`;
}

function section(title: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : `<h2>${escapeXml(title)}</h2>\n<dl>${entries.join("\n")}</dl>`;
}

function entry(subject: string, texts: readonly (string | undefined)[]): string {
  const lines = texts.flatMap((text) => (text === undefined ? [] : [`<dd>${escapeXml(text)}</dd>`]));
  return `<dt>${escapeXml(subject)}</dt>${lines.join("")}`;
}
