import { stringify } from "yaml";
import { describeResource } from "../plan/describe";
import { type Node, criticalPath, wavesOf } from "../plan/graph";
import { cleanupSeconds } from "../plan/kept";
import type { Plan } from "../plan/plan";
import { removalOf } from "../plan/removal";
import { pictureOf } from "./boxes";
import { cardsHtml, type PlanOrigin } from "./page/cards";
import { escapeXml, markExamples } from "./page/escape";
import { lanesHtml } from "./page/lanes";
import { script } from "./page/script";
import { style } from "./page/style";
import { svgText } from "./svg";

/**
 * The plan as one page that needs nothing else: the way of requests, what a review asks first, warnings, picture, waves,
 * removal and what stays, every resource's inputs.
 */
export function htmlText(plan: Plan, origin: PlanOrigin = {}): string {
  const waves = wavesOf(plan.resources);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plan of the mesh ${escapeXml(plan.mesh)}</title>
<style>${style}</style>
<header>
<h1>Plan of the mesh &ldquo;${escapeXml(plan.mesh)}&rdquo;</h1>
<p class="facts">${facts(plan, waves.length).join("\n")}</p>
</header>
<main>
${lanesHtml(plan)}
<h2>At a glance</h2>
${cardsHtml(plan, origin)}
${warnings(plan)}
<h2>What is created, and in which order</h2>
<div class="tools">
<label>Find <input type="search" id="find" placeholder="a name, a kind, a value"></label> <span id="found" role="status"></span>
<span class="zoom" role="group" aria-label="Size of the picture"><button id="smaller" aria-label="Smaller">−</button><button id="larger" aria-label="Larger">+</button><button id="fit">Fit</button></span>
<span>Choose a box to see its inputs, and what it waits for.</span>
</div>
<div class="board"><div class="picture">${svgText(plan)}</div><aside id="chosen" aria-label="The chosen resource"></aside></div>
${slowest(plan)}
<div class="order">
<section><h2>Order of making</h2>
<ol>${items(waves)}</ol></section>
<section><h2>Order of removal</h2>
${removal(plan)}</section>
</div>
<h2>Resources</h2>
${places(plan).join("\n")}
<h2>Outputs</h2>
<pre>${markExamples(stringify(plan.outputs))}</pre>
</main>
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

function slowest({ resources, mesh }: Plan): string {
  const path = criticalPath(resources).filter((name) => name !== mesh);
  return `<h2>Critical path</h2>
<p>What <code>pulumi up</code> as a whole waits for: ${path.map(link).join(" &rarr; ")}</p>`;
}

/** The cleanup, alone; then the rest, wave by wave; then what stays. */
function removal(plan: Plan): string {
  const { resources, kept = [] } = removalOf(plan);
  const waves = wavesOf(resources);
  const seconds = waves
    .slice(0, 1)
    .flat()
    .flatMap((node) => cleanupSeconds(node) ?? []);
  const steps = seconds.map(
    (limit) => `<p>First the cleanup, alone, for at most ${limit} s: if it fails, the mesh is still whole.</p>`,
  );
  const stays = kept.map(({ what, why }) => `<li>${escapeXml(what)}: ${escapeXml(why)}</li>`);
  return `${steps.join("")}<ol>${items(waves)}</ol>
<h3>What stays</h3>
<ul>${stays.join("")}</ul>`;
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
  return `<details class="resource" id="${escapeXml(anchor(name))}"${data}><summary><b>${escapeXml(name)}</b> <span>${escapeXml(kind)}: ${escapeXml(detail)}</span></summary>${after}<pre>${markExamples(body)}</pre></details>`;
}
