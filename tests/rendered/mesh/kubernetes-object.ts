import { type Block, at, blockAt, labelsAt, textAt } from "../tree";

/** A Kubernetes object as a manifest has it, and who makes it. */
export interface KubernetesObject {
  /** `release istiod`, or the logical name of the resource. */
  readonly origin: string;
  readonly body: Block;
}

export function kindOf({ body }: KubernetesObject): string {
  return textAt(body, "kind");
}

export function nameOf({ body }: KubernetesObject): string {
  return textAt(body, "metadata", "name");
}

export function namespaceOf({ body }: KubernetesObject): string {
  return textAt(body, "metadata", "namespace");
}

export function annotationsOf({ body }: KubernetesObject): Readonly<Record<string, string>> {
  return labelsAt(body, "metadata", "annotations");
}

/** `Service istio-ingress/istio-ingress`, with who makes it. */
export function titleOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object);
  return `${kindOf(object)} ${namespace === "" ? "" : `${namespace}/`}${nameOf(object)} (${object.origin})`;
}

/** Objects of a kind; `group` tells the two kinds of Gateway apart. */
export function ofKind(objects: readonly KubernetesObject[], kind: string, group?: string): KubernetesObject[] {
  return objects.filter(
    (object) =>
      kindOf(object) === kind && (group === undefined || textAt(object.body, "apiVersion").startsWith(`${group}/`)),
  );
}

/** The pod template of a workload. */
export function templateOf({ body }: KubernetesObject): Block {
  return blockAt(body, "spec", "template");
}

export function podLabels(workload: KubernetesObject): Readonly<Record<string, string>> {
  return labelsAt(templateOf(workload), "metadata", "labels");
}

/** Containers of a workload's pods, those that run first included. */
export function containersOf(workload: KubernetesObject): readonly Block[] {
  const spec = blockAt(templateOf(workload), "spec");
  return ["initContainers", "containers"].flatMap((member) => {
    const list = at(spec, member);
    return Array.isArray(list) ? (list as Block[]) : [];
  });
}
