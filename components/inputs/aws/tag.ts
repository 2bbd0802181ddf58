import type { Problem } from "../../plan/problem";
import { textForm, type Form } from "../form";
import { pathText } from "../path";
import { problemIf, problemWith } from "../problem";

/** The load balancer controller reads tags as `a=1,b=2`, so that a value cannot contain a comma. */
export const tagValue: Form = textForm("at most 256 letters, digits, spaces and _.:/=+-@, without commas", (given) =>
  /^[\p{L}\p{N}\p{Z}_.:/=+\-@]{0,256}$/u.test(given) ? undefined : "remove commas and other signs",
);

export const tagKey: Form = textForm("keys of at most 128 letters, digits, spaces and _.:/+-@", (given) =>
  /^[\p{L}\p{N}\p{Z}_.:/+\-@]{1,128}$/u.test(given) ? undefined : "give the tag another key",
);

/**
 * Tags by which someone else knows what is theirs. A second group tagged for the cluster on a node's network interface
 * makes the load balancer controller give up.
 */
const taken =
  /^([aA][wW][sS]:|kubernetes\.io\/cluster\/|elbv2\.k8s\.aws\/|service\.k8s\.aws\/|ingress\.k8s\.aws\/|eks:)/;

/**
 * Tags of one resource of AWS, and those that the load balancer controller adds: cluster, stack and resource.
 *
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const [tagsPerResource, tagsOfController] = [50, 3];

/** Tags by name: Pulumi sorts the configuration, a program does not, and the controller gets them as one text. */
export function tagsInOrder<Value>(tags: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What carries the tags beside security groups. */
export interface Tagged {
  readonly loadBalancer: boolean;
  /** An IAM role, which has no two tags whose keys differ in letter case only. */
  readonly role: boolean;
}

/** The number of tags, and keys that others set. Their forms are `tagKey` and `tagValue`. */
export function checkTags(
  tags: Readonly<Record<string, unknown>>,
  { loadBalancer: hasLoadBalancer, role }: Tagged,
): readonly Problem[] {
  const count = Object.keys(tags).length;
  const most = hasLoadBalancer ? tagsPerResource - tagsOfController : tagsPerResource;
  const added = hasLoadBalancer ? `, and the load balancer controller adds ${tagsOfController}` : "";
  const tooMany = problemIf(count > most, "tags", {
    given: `${count} tags`,
    allowed: `at most ${most}: AWS allows ${tagsPerResource} on a resource${added}`,
    suggestion: `remove ${count - most}`,
  });
  return [...tooMany, ...checkTakenKeys(tags), ...(role ? checkLetterCase(tags) : [])];
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating */
function checkLetterCase(tags: Readonly<Record<string, unknown>>): readonly Problem[] {
  const keys = Object.keys(tags);
  return keys.flatMap((name, index) => {
    const earlier = keys.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    return problemWith(earlier, pathText(["tags", name]), (other) => ({
      given: tags[name],
      allowed: `keys that differ in more than letter case from "${other}": IAM takes both for one key of a role`,
      suggestion: "remove one of the two",
    }));
  });
}

function checkTakenKeys(tags: Readonly<Record<string, unknown>>): readonly Problem[] {
  return Object.entries(tags).flatMap(([name, given]) => {
    return problemIf(taken.test(name), pathText(["tags", name]), {
      given,
      allowed: "keys that neither AWS nor the load balancer controller sets",
      suggestion: "remove it",
    });
  });
}
