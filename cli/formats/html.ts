import { stringify } from "yaml";
import { describeResource } from "../describe";
import { type Node, criticalPath, wavesOf } from "../graph";
import type { Plan } from "../plan";
import { escapeXml, svgText } from "./svg";

/** The plan as one page that needs nothing else: warnings, picture, waves, order of removal, every resource's inputs. */
export function htmlText(plan: Plan): string {
  const waves = wavesOf(plan.resources);
  const path = criticalPath(plan.resources).filter((name) => name !== plan.mesh);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plan of the mesh ${escapeXml(plan.mesh)}</title>
<style>${style}</style>
<h1>Plan of the mesh &ldquo;${escapeXml(plan.mesh)}&rdquo;</h1>
${warnings(plan)}
<p>${plan.resources.length} resources in ${waves.length} waves; within a wave side by side. Choose a box to see its inputs.</p>
<p><label>Find <input type="search" id="find" placeholder="name or kind"></label></p>
<div class="picture">${svgText(plan)}</div>
<h2>Critical path</h2>
<p>${path.map(link).join(" &rarr; ")}</p>
<h2>Order of making</h2>
<ol>${waves.map((wave) => `<li>${wave.map(({ name }) => link(name)).join(", ")}</li>`).join("\n")}</ol>
<h2>Order of removal</h2>
<ol>${[...waves]
    .reverse()
    .map((wave) => `<li>${wave.map(({ name }) => link(name)).join(", ")}</li>`)
    .join("\n")}</ol>
<h2>Resources</h2>
${plan.resources.map(details).join("\n")}
<h2>Outputs</h2>
<pre>${escapeXml(stringify(plan.outputs))}</pre>
<script>${script}</script>
</html>
`;
}

function warnings({ warnings: all }: Plan): string {
  if (all.length === 0) return "";
  return `<ul class="warnings">${all.map((warning) => `<li>${escapeXml(warning)}</li>`).join("")}</ul>`;
}

function anchor(name: string): string {
  return `r-${encodeURIComponent(name)}`;
}

function link(name: string): string {
  return `<a href="#${escapeXml(encodeURIComponent(anchor(name)))}">${escapeXml(name)}</a>`;
}

function details(node: Node): string {
  const { kind, detail } = describeResource(node);
  const { inputs, options, dependsOn } = node;
  const body = stringify({ inputs, ...(Object.keys(options).length === 0 ? {} : { options }) });
  const after = dependsOn.length === 0 ? "" : `<p>after ${dependsOn.map(link).join(", ")}</p>`;
  return `<details id="${escapeXml(anchor(node.name))}"><summary><b>${escapeXml(node.name)}</b> ${escapeXml(kind)}: ${escapeXml(detail)}</summary>${after}<pre>${escapeXml(body)}</pre></details>`;
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
.picture { overflow-x: auto; border: 1px solid #d0d7de; border-radius: 6px; } .box { cursor: pointer; }
.warnings { background: #fff8c5; border: 1px solid #d4a72c; border-radius: 6px; padding: .75rem 2rem; }
details { border-bottom: 1px solid #d0d7de; padding: .35rem 0; } details:target { background: #ddf4ff; }
pre { background: #f6f8fa; padding: .75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
[hidden], .faded { opacity: .25; } @media print { input, label { display: none } .picture { overflow: visible } }`;

const script = `
const open = () => { const it = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (it && it.tagName === "DETAILS") { it.open = true; it.scrollIntoView(); } };
addEventListener("hashchange", open); open();
for (const box of document.querySelectorAll(".box")) {
  box.setAttribute("tabindex", "0"); box.setAttribute("role", "link");
  const go = () => { location.hash = encodeURIComponent("r-" + encodeURIComponent(box.dataset.name)); };
  box.addEventListener("click", go); box.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
}
document.getElementById("find").addEventListener("input", (event) => {
  const words = event.target.value.toLowerCase();
  for (const box of document.querySelectorAll(".box")) box.classList.toggle("faded", !box.textContent.toLowerCase().includes(words));
  for (const one of document.querySelectorAll("details")) one.style.display = one.textContent.toLowerCase().includes(words) ? "" : "none";
});
addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });`;
