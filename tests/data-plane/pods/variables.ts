import type { KubernetesClient, KubernetesObject } from "../../live/test-env/kubernetes-client";
import { type Container, type Place, type Pod, type Variable, fieldOf } from "./pod";

interface Data extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What nodes have to give, where a container has no limit. */
const allocatable = { cpu: "16", memory: "64Gi" } as const;
const units = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, k: 1e3, M: 1e6, G: 1e9, m: 1e-3, "": 1 } as const;

/** The environment of a container, as its pod says it. */
export async function variablesOf(
  client: KubernetesClient,
  pod: Pod & { readonly place: Place },
  container: Container,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = await wholeMaps(client, pod, container);
  for (const variable of container.env ?? []) {
    const value = await valueOf(client, { pod, container, variable });
    if (value !== undefined) found[variable.name] = expand(value, found);
  }
  return found;
}

/** All keys of ConfigMaps and Secrets. */
async function wholeMaps(client: KubernetesClient, pod: Pod, { envFrom = [] }: Container) {
  const found: Record<string, string> = {};
  for (const { configMapRef, secretRef } of envFrom) {
    const reference = configMapRef ?? secretRef;
    if (reference === undefined) continue;
    const kind = configMapRef === undefined ? "secrets" : "configmaps";
    const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/${kind}/${reference.name}`;
    const data = (await client.find<Data>(path))?.data;
    if (data === undefined && reference.optional !== true) throw new Error(`there is no ${path} yet`);
    for (const [key, text] of Object.entries(data ?? {})) found[key] = textOf(kind, text);
  }
  return found;
}

function textOf(kind: "secrets" | "configmaps", text: string): string {
  return kind === "configmaps" ? text : Buffer.from(text, "base64").toString();
}

/** Puts variables in the place of `$(NAME)`; a name that is not known stays as it is. */
export function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\((\w+)\)/g, (whole, name: string) => variables[name] ?? whole);
}

interface Wanted {
  readonly pod: Pod & { readonly place: Place };
  readonly container: Container;
  readonly variable: Variable;
}

async function valueOf(client: KubernetesClient, { pod, container, variable }: Wanted): Promise<string | undefined> {
  const { value, valueFrom } = variable;
  if (valueFrom === undefined) return value ?? "";
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef !== undefined) return fieldOf(pod, fieldRef.fieldPath, pod.place);
  if (resourceFieldRef !== undefined) return resource(container, resourceFieldRef.resource);
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference === undefined) return undefined;
  const kind = configMapKeyRef === undefined ? "secrets" : "configmaps";
  const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/${kind}/${reference.name}`;
  const text = (await client.find<Data>(path))?.data?.[reference.key];
  if (text === undefined && reference.optional !== true) throw new Error(`${path} has no ${reference.key}`);
  return text === undefined ? undefined : textOf(kind, text);
}

function resource({ resources }: Container, name: string): string {
  const [list = "limits", kind = "cpu"] = name.split(".");
  const text = resources?.[list]?.[kind] ?? (list === "requests" ? "0" : allocatable[kind as keyof typeof allocatable]);
  const [, number = "0", unit = ""] = /^([\d.]+)(\D*)$/.exec(text) ?? [];
  return String(Math.ceil(Number(number) * (units[unit as keyof typeof units] ?? 1)));
}
