import { stringify } from "yaml";
import { describeResource } from "../../plan/describe";
import { dependentsBy, type Node } from "../../plan/graph";
import { membersOf } from "../../members";
import type { Plan } from "../../plan/plan";
import type { Picture } from "../boxes";
import { escapeXml, markExamples } from "./escape";
import { anchor, link } from "./links";

/** Headings of the list, and the types of resource below each. */
const groups = [
  ["Security groups", /^aws:(ec2|vpc)\//],
  ["Certificates and DNS", /^aws:(acm|route53)\/|^tls:|^aws:acmpca\//],
  ["Other AWS resources", /^aws:/],
  ["Helm releases", /^kubernetes:helm/],
  ["Kubernetes objects", /^kubernetes:/],
  ["The mesh, providers and commands", /^/],
] as const;

/** A place for each resource, which knows its box in the picture. */
export function resourcesHtml({ resources }: Plan, { boxes }: Picture): string {
  const boxOf = new Map(boxes.flatMap(({ id, nodes }) => nodes.map(({ name }) => [name, id] as const)));
  const dependents = dependentsBy(resources, ({ dependsOn }) => dependsOn);
  const groupOf = ({ type }: Node) => groups.find(([, types]) => types.test(type))?.[0];
  const lists = groups.map(([title]) => {
    const items = resources
      .filter((node) => groupOf(node) === title)
      .map((node) => details(node, { box: boxOf.get(node.name), neededBy: dependents.get(node.name) }));
    return items.length === 0 ? "" : `<h3>${title} <small>${items.length}</small></h3>\n${items.join("\n")}`;
  });
  return lists.filter((list) => list !== "").join("\n");
}

interface Context {
  readonly box: string | undefined;
  readonly neededBy: readonly string[] | undefined;
}

/** What stands of a resource: each part is a tab of the panel beside the picture. */
function details(node: Node, { box, neededBy = [] }: Context): string {
  const { kind, detail } = describeResource(node);
  const { name, inputs, options, dependsOn } = node;
  const { values, ...others } = membersOf(inputs);
  const body = {
    inputs: values === undefined ? inputs : others,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  const parts = [
    ...(values === undefined ? [] : [part("Helm values", `<pre>${markExamples(stringify(values))}</pre>`)]),
    part("Inputs", `<pre>${markExamples(stringify(body))}</pre>`),
    part("Waits for", `${listed("after", dependsOn)}${listed("before", neededBy)}`),
  ];
  const data = box === undefined ? "" : ` data-box="${escapeXml(box)}"`;
  return `<details class="resource" id="${escapeXml(anchor(name))}"${data}><summary><b>${escapeXml(name)}</b> <span>${escapeXml(kind)}: ${escapeXml(detail)}</span></summary>${parts.join("")}</details>`;
}

function part(title: string, body: string): string {
  return body === "" ? "" : `<section data-tab="${title}"><h4>${title}</h4>${body}</section>`;
}

function listed(preposition: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `<p>${preposition} ${names.map((name) => link(name)).join(", ")}</p>`;
}
