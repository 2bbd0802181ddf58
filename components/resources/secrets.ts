import * as pulumi from "@pulumi/pulumi";

/** Whether a text or number must not be seen in the stack's state. */
export type IsSecret = (value: string | number) => boolean;

/** Marks every secret among the inputs of a resource, as the last thing before Pulumi's engine receives them. */
export function secretInputs(isSecret: IsSecret): pulumi.ResourceTransformation {
  return ({ props, opts }) => {
    const { apiVersion, kind, metadata, ...rest } = props as Readonly<Record<string, unknown>>;
    const known = Object.entries({ apiVersion, kind, metadata: withSecretMetadata(metadata, isSecret) });
    const inputs = known.filter(([, value]) => value !== undefined);
    return { props: { ...Object.fromEntries(inputs), ...withSecrets(rest, isSecret) }, opts };
  };
}

/** What identifies an object of Kubernetes is in resource names too, and stays readable. */
function withSecretMetadata(metadata: unknown, isSecret: IsSecret): unknown {
  if (!isBlock(metadata)) return withSecrets(metadata, isSecret);
  const { name, namespace, ...rest } = metadata;
  const identity = Object.entries({ name, namespace }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(identity), ...withSecrets(rest, isSecret) };
}

/** The same tree with every secret in it marked as one, also where it is known only later. */
export function withSecrets<Tree>(tree: Tree, isSecret: IsSecret): Tree {
  return marked(tree, isSecret) as Tree;
}

function marked(value: unknown, isSecret: IsSecret): unknown {
  if (typeof value === "string" || typeof value === "number") return isSecret(value) ? pulumi.secret(value) : value;
  if (pulumi.Output.isInstance(value)) return value.apply((known: unknown) => marked(known, isSecret));
  if (value instanceof Promise) return value.then((known: unknown) => marked(known, isSecret));
  if (Array.isArray(value)) return value.map((entry) => marked(entry, isSecret));
  if (!isBlock(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member, isSecret)]));
}

/** Resources, assets and archives are classes of their own, and hold no text of the arguments. */
function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
