import { stringify } from "yaml";
import type { PlanChanges } from "../against/plan-changes";
import { describeResource } from "../plan/describe";
import { wavesOf } from "../plan/graph";
import type { Plan } from "../plan/plan";
import { pictureOf } from "./boxes";
import { cardsHtml, type PlanOrigin } from "./page/cards";
import { escapeXml, markExamples } from "./page/escape";
import { lanesHtml } from "./page/lanes";
import { resourcesHtml } from "./page/resources";
import { script } from "./page/script";
import { stepsHtml } from "./page/steps";
import { style } from "./page/style";
import { svgText } from "./svg";

/** What a page shows beside the plan itself. */
export interface PageContext extends PlanOrigin {
  /** What changes from a plan that is deployed. */
  readonly changes?: PlanChanges;
  /** The IAM policy and the ClusterRole that `up` needs. */
  readonly rights?: { readonly iam: string; readonly rbac: string };
}

/**
 * The plan as one page that needs nothing else: the way of requests, what a review asks first, warnings, picture, time
 * line, removal and what stays, every resource's inputs, the rights that it takes.
 */
export function htmlText(plan: Plan, { changes, rights, ...origin }: PageContext = {}): string {
  const waves = wavesOf(plan.resources);
  const picture = pictureOf(plan);
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
<h2>What happens, and when</h2>
${stepsHtml(plan, changes)}
<h2>What waits for what</h2>
<div class="tools">
<label>Find <input type="search" id="find" placeholder="a name, a kind, a value"></label> <span id="found" role="status"></span>
<span class="zoom" role="group" aria-label="Size of the picture"><button id="smaller" aria-label="Smaller">−</button><button id="larger" aria-label="Larger">+</button><button id="fit">Fit</button></span>
<span class="hint">Choose a box to see its inputs, and what it waits for.</span>
</div>
<div class="board"><div class="picture">${svgText(plan, picture)}</div><aside id="chosen" aria-label="The chosen resource"></aside></div>
<h2>Resources</h2>
<div class="resources">
${resourcesHtml(plan, picture)}
</div>
${rightsHtml(rights)}
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

function rightsHtml(rights: PageContext["rights"]): string {
  if (rights === undefined) return "";
  const section = (title: string, text: string) =>
    `<details class="rights"><summary><b>${title}</b></summary><pre>${markExamples(text)}</pre></details>`;
  return `<h2>Rights that <code>pulumi up</code> needs</h2>
${section("IAM policy", rights.iam)}
${section("ClusterRole", rights.rbac)}`;
}
