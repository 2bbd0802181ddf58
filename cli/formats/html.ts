import { stringify } from "yaml";
import { describeResource } from "../describe";
import { type Node, criticalPath, wavesOf } from "../graph";
import type { Plan } from "../plan";
import { pictureOf } from "./boxes";
import { script } from "./page/script";
import { style } from "./page/style";
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
<p class="facts">${facts(plan, waves.length).join("\n")}</p>
${warnings(plan)}
<div class="tools">
<label>Find <input type="search" id="find" placeholder="a name, a kind, a value"></label> <span id="found" role="status"></span>
<label><input type="checkbox" id="large"> full size</label>
<span>Choose a box to see its inputs, and what it waits for.</span>
</div>
<div class="board"><div class="picture">${svgText(plan)}</div><aside id="chosen" aria-label="The chosen resource" aria-live="polite"></aside></div>
<h2>Critical path</h2>
<p>What <code>pulumi up</code> as a whole waits for: ${path.map(link).join(" &rarr; ")}</p>
<div class="order">
<section><h2>Order of making</h2>
<ol>${items(waves)}</ol></section>
<section><h2>Order of removal</h2>
<ol>${items([...waves].reverse())}</ol></section>
</div>
<h2>Resources</h2>
${places(plan).join("\n")}
<h2>Outputs</h2>
<pre>${escapeXml(stringify(plan.outputs))}</pre>
<script>${script}</script>
</html>
`;
}

function facts({ mesh, resources, outputs }: Plan, waves: number): readonly string[] {
  const root = resources.find(({ name }) => name === mesh);
  const url = outputs["url"];
  return [
    ...(root === undefined ? [] : [`<b>${escapeXml(describeResource(root).detail)}</b>`]),
    `<span><b>${resources.length}</b> resources in <b>${waves}</b> waves; within a wave side by side</span>`,
    ...(typeof url === "string" ? [`<span>answers at <code>${escapeXml(url)}</code></span>`] : []),
  ];
}

function warnings({ warnings: all }: Plan): string {
  if (all.length === 0) return "";
  return `<ul class="warnings">${all.map((warning) => `<li>${escapeXml(warning)}</li>`).join("")}</ul>`;
}

function items(waves: readonly (readonly Node[])[]): string {
  return waves.map((wave) => `<li>${wave.map(({ name }) => link(name)).join(", ")}</li>`).join("\n");
}

function anchor(name: string): string {
  return `r-${encodeURIComponent(name)}`;
}

function link(name: string): string {
  return `<a href="#${escapeXml(encodeURIComponent(anchor(name)))}">${escapeXml(name)}</a>`;
}

/** A place for each resource, which knows its box in the picture. */
function places({ resources, mesh }: Plan): readonly string[] {
  const { boxes } = pictureOf({ resources, mesh });
  const boxOf = new Map(boxes.flatMap(({ id, nodes }) => nodes.map(({ name }) => [name, id] as const)));
  return resources.map((node) => details(node, boxOf.get(node.name)));
}

function details(node: Node, box: string | undefined): string {
  const { kind, detail } = describeResource(node);
  const { name, inputs, options, dependsOn } = node;
  const body = stringify({ inputs, ...(Object.keys(options).length === 0 ? {} : { options }) });
  const after = dependsOn.length === 0 ? "" : `<p>after ${dependsOn.map(link).join(", ")}</p>`;
  const data = box === undefined ? "" : ` data-box="${escapeXml(box)}"`;
  return `<details class="resource" id="${escapeXml(anchor(name))}"${data}><summary><b>${escapeXml(name)}</b> <span>${escapeXml(kind)}: ${escapeXml(detail)}</span></summary>${after}<pre>${escapeXml(body)}</pre></details>`;
}
