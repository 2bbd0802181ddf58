import { describeResource } from "../../plan/describe";
import { groupName } from "../../plan/folding";
import type { Node } from "../../plan/graph";
import { escapeXml } from "./escape";

/** The id of a resource's place on the page. */
export function anchor(name: string): string {
  return `r-${encodeURIComponent(name)}`;
}

/** A link to a resource's place on the page. */
export function link(name: string, text = name): string {
  return `<a href="#${escapeXml(encodeURIComponent(anchor(name)))}">${escapeXml(text)}</a>`;
}

/** A link to the first of resources that are alike, with how many there are of which kind. */
export function groupLink(group: readonly Node[]): string {
  const [first] = group;
  if (first === undefined || group.length === 1) return group.map(({ name }) => link(name)).join("");
  return `${group.length} × ${escapeXml(describeResource(first).kind)} ${link(first.name, groupName(group.map(({ name }) => name)))}`;
}
