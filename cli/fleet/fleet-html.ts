import { escapeXml } from "../formats/page/escape";
import { style } from "../formats/page/style";
import type { ComparedGroup, FleetPlan } from "./fleet-plan";
import { clustersOf, counted, groupLines, problemText, warningTexts } from "./fleet-text";

/** The fleet as one page that needs nothing else: a card for each group of clusters that are alike. */
export function fleetHtml(fleet: FleetPlan): string {
  const clusters = clustersOf(fleet);
  const [warnings, problems] = [warningTexts(clusters), problemText(fleet)];
  const title = `Fleet ${fleet.file}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${style}</style>
<header>
<h1>${escapeXml(title)}</h1>
<p class="facts"><span>${counted(clusters.length, "cluster")} in ${counted(fleet.rings.length, "ring")}</span></p>
</header>
<main>
${problems === "" ? "" : `<pre class="warnings">${escapeXml(problems)}</pre>`}
${warnings.length === 0 ? "" : `<ul class="warnings">${warnings.map((one) => `<li>${escapeXml(one)}</li>`).join("")}</ul>`}
${fleet.rings.map(({ name, groups }) => `<h2>Ring ${escapeXml(name)}</h2>\n${groups.map(card).join("\n")}`).join("\n")}
</main>
</html>
`;
}

function card(group: ComparedGroup): string {
  const [title = "", ...lines] = groupLines(group).map((line) => escapeXml(line.trim()));
  const names = group.clusters.map(({ cluster }) => escapeXml(cluster.name)).join(", ");
  return `<section class="card"><h3>${title}</h3><ul>${lines.map((line) => `<li>${line}</li>`).join("")}</ul>
<details><summary>${counted(group.clusters.length, "cluster")}</summary><p>${names}</p></details></section>`;
}
