import { describeResource } from "./describe";
import { dependentsBy, type Node, needs } from "./graph";
import { memberAt } from "../members";
import { isOpenRule } from "../traffic/clients";

/** So many resources that are alike are shown as one; in a picture, where a box takes more room than a row, two. */
const groupThreshold = 3;
export const pictureThreshold = 2;

/** Kinds of which a reader wants to see each one. */
const alone = [
  ...["kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:Service", "kubernetes:networking.k8s.io/v1:Ingress"],
  ...["aws:ec2/securityGroup:SecurityGroup", "aws:acm/certificate:Certificate", "command:local:Command"],
  ...["pulumi:providers:kubernetes", "pulumi:providers:aws"],
];

/**
 * Puts resources that are alike together: of one kind, in one wave, after and before resources that are alike in turn. So
 * forty namespaces of one configuration are one group, and so are the forty patches that enrol them. A rule that lets
 * everyone in, a load balancer and a Helm release are never together with others.
 */
export function foldGroups(nodes: readonly Node[], threshold = groupThreshold): readonly (readonly Node[])[] {
  const before = new Map(nodes.map((node) => [node.name, needs(node)]));
  const after = dependentsBy(nodes, needs);
  let classes = classesOf(nodes, (node) =>
    alone.includes(node.type) || isOpenRule(node)
      ? node.name
      : [describeResource(node).kind, node.wave, memberAt(node.inputs, "securityGroupId")],
  );
  for (let count = 0; count < new Set(classes.values()).size;) {
    count = new Set(classes.values()).size;
    const known = classes;
    const context = (names: readonly string[] | undefined) =>
      [...new Set(names?.map((name) => known.get(name)))].sort((one, other) => Number(one) - Number(other));
    classes = classesOf(nodes, ({ name }) => [known.get(name), context(before.get(name)), context(after.get(name))]);
  }
  const groups = new Map<number | undefined, Node[]>();
  for (const node of nodes) {
    const key = classes.get(node.name);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].flatMap((group) => (group.length < threshold ? group.map((node) => [node]) : [group]));
}

/** A number for each resource, the same for those with the same key. */
function classesOf(nodes: readonly Node[], keyOf: (node: Node) => unknown): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      const key = JSON.stringify(keyOf(node));
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return [node.name, number];
    }),
  );
}

/** One name for a group: what the names of its resources begin with. */
export function groupName(names: readonly string[]): string {
  return names.length === 1 ? names.join("") : `${names.reduce(sharedStart)}…`;
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

/** What a group is: `40 × Namespace: team-00 … team-39`. */
export function groupText(nodes: readonly Node[]): string {
  const all = nodes.map(describeResource);
  const [first, last] = [all[0], all[all.length - 1]];
  if (first === undefined || last === undefined || first === last) return all.map(oneText).join("");
  return `${all.length} × ${first.kind}: ${first.detail} … ${last.detail}`;
}

function oneText({ kind, detail }: ReturnType<typeof describeResource>): string {
  return `${kind}: ${detail}`;
}
