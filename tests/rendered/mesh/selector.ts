import { type Block, blockAt, labelsAt, listAt, textAt } from "../tree";

type Labels = Readonly<Record<string, string>>;

/** Whether labels have all of these. An empty selector of a Service selects nothing, so it matches none here. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  const entries = Object.entries(wanted);
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

/** Whether a Kubernetes label selector matches. An empty one matches everything. */
export function selects(selector: Block, labels: Labels): boolean {
  const exact = Object.entries(labelsAt(selector, "matchLabels"));
  return (
    exact.every(([key, value]) => labels[key] === value) &&
    listAt(selector, "matchExpressions").every((expression) => holds(expression, labels))
  );
}

function holds(expression: unknown, labels: Labels): boolean {
  const value = labels[textAt(expression, "key")];
  const values = listAt(expression, "values").map(String);
  switch (textAt(expression, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      throw new Error(`unknown operator in ${JSON.stringify(expression)}`);
  }
}

/** A namespace or pod as admission webhooks see it. */
export interface Admitted {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly podLabels: Labels;
}

/** Whether a webhook is asked about such a pod. */
export function isAsked(webhook: unknown, { namespace, namespaceLabels, podLabels }: Admitted): boolean {
  const named = { ...namespaceLabels, "kubernetes.io/metadata.name": namespace };
  return (
    selects(blockAt(webhook, "namespaceSelector"), named) && selects(blockAt(webhook, "objectSelector"), podLabels)
  );
}
