import type { PlanChanges } from "../../against/plan-changes";
import { invariant } from "../../../components/inputs/invariant";
import { foldGroups } from "../../plan/folding";
import { type Node, scheduleOf, type Span, wavesOf } from "../../plan/graph";
import { cleanupSeconds } from "../../plan/kept";
import { memberAt, textOf } from "../../members";
import type { Plan } from "../../plan/plan";
import { removalOf } from "../../plan/removal";
import { changesText } from "../plan-changes";
import { escapeXml } from "./escape";
import { groupLink, link } from "./links";

/** What `up` and `destroy` do, each in a panel of its own, and what changes from another plan, where there is one. */
export function stepsHtml(plan: Plan, changes?: PlanChanges): string {
  const panels = [
    { id: "create", title: "Create", body: creation(plan) },
    { id: "destroy", title: "Destroy", body: removal(plan) },
    ...(changes === undefined ? [] : [{ id: "change", title: "Change", body: changed(changes) }]),
  ];
  const shown = changes === undefined ? "create" : "change";
  const choices = panels.map(
    ({ id, title }) =>
      `<label><input type="radio" name="steps" value="${id}"${id === shown ? " checked" : ""}> ${title}</label>`,
  );
  const bodies = panels.map(
    ({ id, title, body }) => `<section class="steps" data-steps="${id}"><h3>${title}</h3>${body}</section>`,
  );
  return `<div class="stepped"><fieldset class="switch"><legend>Show what happens on</legend>${choices.join("")}</fieldset>
${bodies.join("\n")}</div>`;
}

/** A bar for each resource, or for those that are alike: when it begins and how long it takes, as an estimate. */
function creation({ resources, mesh }: Plan): string {
  const spans = scheduleOf(resources);
  const spanOf = ({ name }: Node): Span => invariant(spans.get(name), `the time of ${name}`);
  const total = Math.max(1, ...[...spans.values()].map(({ end }) => end));
  const path = [...spans.values()].find(({ end }) => end === total)?.path ?? [];
  const groups = foldGroups(resources.filter(({ name }) => name !== mesh))
    .map((group) => ({
      group,
      start: Math.min(...group.map((one) => spanOf(one).start)),
      end: Math.max(...group.map((one) => spanOf(one).end)),
    }))
    .sort((one, other) => one.start - other.start);
  const rows = groups.map(({ group, start, end }) => {
    const place = `--start:${percent(start / total)};--length:${percent((end - start) / total)}`;
    const critical = group.some(({ name }) => path.includes(name)) ? ' class="critical"' : "";
    return `<li${critical}><span>${groupLink(group)}</span><span class="track"><span class="bar" style="${place}"></span></span><span class="took">${end - start} s${limit(group)}</span></li>`;
  });
  return `<p>About ${minutes(total)} on AWS, by usual times; what needs nothing of each other is made side by side.
<code>pulumi up</code> as a whole waits for: ${path
    .filter((name) => name !== mesh)
    .map((name) => link(name))
    .join(" &rarr; ")}</p>
<ol class="timeline">${rows.join("\n")}</ol>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}

/** After how long Pulumi gives up, where the plan sets it. */
function limit(group: readonly Node[]): string {
  const limits = new Set(group.flatMap(({ options }) => memberAt(options, "customTimeouts", "create") ?? []));
  return [...limits].map((one) => `, at most ${escapeXml(textOf(one))}`).join("");
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
    (most) => `<p>First the cleanup, alone, for at most ${most} s: if it fails, the mesh is still whole.</p>`,
  );
  const items = waves.map((wave) => `<li>${foldGroups(wave).map(groupLink).join(", ")}</li>`);
  const stays = kept.map(({ what, why }) => `<li>${escapeXml(what)}: ${escapeXml(why)}</li>`);
  return `${steps.join("")}<ol class="waves">${items.join("\n")}</ol>
<h4>What stays</h4>
<ul>${stays.join("")}</ul>`;
}

/** As the command line shows it. */
function changed(changes: PlanChanges): string {
  return `<pre>${escapeXml(changesText(changes, { colours: false }))}</pre>`;
}
