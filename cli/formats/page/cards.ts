import { memberAt, textOf } from "../../members";
import type { Plan } from "../../plan/plan";
import { podsOf } from "../../traffic/gateway-pods";
import { trafficPathOf } from "../../traffic/traffic-path";
import { podsText } from "../../traffic/traffic-text";
import { escapeXml, examplesIn } from "./escape";

/** Where a plan comes from. */
export interface PlanOrigin {
  /** Name of the configuration file. */
  readonly file?: string;
  /** No region is set, and an example stands for it. */
  readonly exampleRegion?: boolean;
}

/** What a reviewer asks first, each on a card of its own. */
export function cardsHtml(plan: Plan, origin: PlanOrigin): string {
  const shown = [...exposure(plan), ...installed(plan), ...placed(plan, origin)].filter(
    ([, lines]) => lines.length > 0,
  );
  const items = shown.map(([title, lines, alarming = false]) => {
    const body = lines.map((line) => `<li>${escapeXml(line)}</li>`).join("");
    return `<section class="card${alarming ? " alarming" : ""}"><h3>${title}</h3><ul>${body}</ul></section>`;
  });
  return `<div class="cards">${items.join("\n")}</div>`;
}

type Card = readonly [title: string, lines: readonly string[], alarming?: boolean];

function exposure(plan: Plan): readonly Card[] {
  const { ingresses } = trafficPathOf(plan);
  const lineOf = ({ name, loadBalancer, clients }: (typeof ingresses)[number]) =>
    `${name} (${loadBalancer.type}): ${clients.map(({ peer, ports }) => `${peer} on ${ports.join(", ")}`).join("; ")}`;
  const isOpen = ({ clients }: (typeof ingresses)[number]) => clients.some(({ open }) => open);
  const rest = ingresses.filter((one) => !isOpen(one));
  const scheme = (wanted: boolean) => rest.filter((one) => (one.loadBalancer.scheme === "internal") === wanted);
  return [
    ["Open to the internet", ingresses.filter(isOpen).map(lineOf), true],
    ["On the internet, for some", scheme(false).map(lineOf)],
    ["Inside only", scheme(true).map(lineOf)],
    ["Warnings", plan.warnings.length === 0 ? [] : [`${plan.warnings.length}, listed below`], true],
  ];
}

function installed({ resources }: Plan): readonly Card[] {
  const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  const counted = resources.flatMap((one) => {
    const pods = podsOf(one, resources);
    return pods === undefined ? [] : [{ name: one.name, pods }];
  });
  const sum = (key: "min" | "max") => counted.reduce((total, { pods }) => total + pods[key], 0);
  const total = `${podsText({ min: sum("min"), max: sum("max") })} together, without those of each node`;
  return [
    [
      "Helm releases",
      releases.map(({ inputs }) => `${textOf(memberAt(inputs, "name"))} ${textOf(memberAt(inputs, "version"))}`),
    ],
    ["Pods", counted.length === 0 ? [] : [total, ...counted.map(({ name, pods }) => `${name}: ${podsText(pods)}`)]],
  ];
}

function placed(plan: Plan, { file, exampleRegion = false }: PlanOrigin): readonly Card[] {
  const arn = textOf(
    memberAt(plan.resources.find(({ type }) => type === "pulumi:providers:kubernetes")?.inputs, "clusterIdentifier"),
  );
  const [, region, cluster] = /^arn:[\w-]+:eks:([^:]+):\d+:cluster\/(.+)$/.exec(arn) ?? [];
  const known = (label: string, value: unknown) => (value === undefined ? [] : [`${label} ${textOf(value)}`]);
  return [
    ["Billed by AWS", billed(plan)],
    [
      "Where",
      [
        ...known("cluster", cluster),
        ...known("region", region).map((line) => (exampleRegion ? `${line} (an example: none is set)` : line)),
        ...known("file", file),
        ...known("Istio", plan.outputs["version"]),
      ],
    ],
    ["Example ids, not yours", examplesIn(JSON.stringify(plan.resources))],
  ];
}

/** What costs money, as counts: prices differ by region and over time. */
function billed(plan: Plan): readonly string[] {
  const { ingresses } = trafficPathOf(plan);
  const ofType = (type: string) => ingresses.filter(({ loadBalancer }) => loadBalancer.type === type).length;
  const acls = new Set(ingresses.flatMap(({ loadBalancer }) => loadBalancer.webAcl ?? [])).size;
  const counts = [
    ["Application Load Balancer", ofType("ALB")],
    ["Network Load Balancer", ofType("NLB")],
    ["web ACL in use", acls],
  ] as const;
  return counts.flatMap(([what, count]) => (count === 0 ? [] : [`${count} × ${what}`]));
}
