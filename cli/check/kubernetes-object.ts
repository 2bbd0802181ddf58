/** An object of any kind, as far as all kinds are alike; of the rest nobody can be sure. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMetadata;
  readonly [member: string]: unknown;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly { readonly manager?: string; readonly subresource?: string }[];
}

/** What is at a place of a tree whose form nobody guarantees; `undefined` if nothing is. */
export function at(tree: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null ? (found as Readonly<Record<string, unknown>>)[key] : undefined,
    tree,
  );
}

/** The list at a place; empty if there is none. */
export function listAt(tree: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(tree, ...path);
  return Array.isArray(found) ? found : [];
}

/** The number at a place; 0 if there is none, as Kubernetes leaves it out. */
export function numberAt(tree: unknown, ...path: readonly (string | number)[]): number {
  const found = at(tree, ...path);
  return typeof found === "number" ? found : 0;
}

/** The text at a place; empty if there is none. */
export function textAt(tree: unknown, ...path: readonly (string | number)[]): string {
  const found = at(tree, ...path);
  return typeof found === "string" ? found : "";
}

/** Such as `Deployment istio-ingress in istio-ingress`. */
export function placeOf({ kind, metadata: { name, namespace } }: KubernetesObject): string {
  return `${kind ?? "object"} ${name}${namespace === undefined ? "" : ` in ${namespace}`}`;
}

/** Who keeps an object: a Helm release by its marks, else the managers of its fields. */
export function ownersOf({ metadata }: KubernetesObject): readonly string[] {
  const release = metadata.annotations?.["meta.helm.sh/release-name"];
  if (release !== undefined) {
    return [`Helm release ${release} in ${metadata.annotations?.["meta.helm.sh/release-namespace"] ?? "?"}`];
  }
  const managers = (metadata.managedFields ?? [])
    .filter(({ subresource }) => subresource === undefined)
    .flatMap(({ manager }) => manager ?? []);
  return [...new Set(managers)];
}
