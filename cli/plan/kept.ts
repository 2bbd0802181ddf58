import { describeResource } from "./describe";
import type { Node } from "./graph";
import { memberAt, textOf } from "../members";

/** Something that a destroy leaves in the cluster, and why. */
export interface Kept {
  readonly what: string;
  readonly why: string;
}

/** Seconds that the cleanup may take before it gives up; none: the resource is no cleanup, or one that removes nothing. */
export function cleanupSeconds({ type, inputs }: Node): number | undefined {
  const seconds = type === "command:local:Command" ? memberAt(inputs, "environment", "TIMEOUT") : undefined;
  return seconds === undefined ? undefined : Number(seconds);
}

/** Whether Pulumi only forgets a resource on destroy. */
export function isKept({ options }: Node): boolean {
  return options["retainOnDelete"] === true;
}

/** What a destroy of a plan leaves. */
export function keptOf(resources: readonly Node[]): readonly Kept[] {
  const retained = resources
    .filter(isKept)
    .map((node) => ({ what: `${node.name} (${describeResource(node).detail})`, why: "others may use it" }));
  const installed = (chart: string) => resources.some(({ inputs }) => memberAt(inputs, "chart") === chart);
  return [
    ...retained,
    ...(installed("base") ? [{ what: "Istio's CustomResourceDefinitions", why: "Helm keeps them" }] : []),
    ...(installed("istiod") ? ofIstiod : []),
    ...(resources.some(isEastWest) ? [{ what: "GatewayClass istio-east-west", why: "istiod wrote it" }] : []),
    ...foreignNamespaces(resources).map((name) => ({
      what: `namespace ${name}`,
      why: "the mesh did not create it; its labels are removed",
    })),
  ];
}

const ofIstiod: readonly Kept[] = [
  { what: "ConfigMaps istio-ca-root-cert and istio-ca-crl in other namespaces", why: "istiod wrote them" },
  { what: "GatewayClasses istio, istio-remote and istio-waypoint", why: "istiod wrote them, where the Gateway API is" },
];

function isEastWest({ inputs }: Node): boolean {
  return memberAt(inputs, "spec", "gatewayClassName") === "istio-east-west";
}

function foreignNamespaces(resources: readonly Node[]): readonly string[] {
  const named = (type: string) =>
    resources
      .filter((node) => node.type === `kubernetes:core/v1:${type}`)
      .map(({ inputs }) => textOf(memberAt(inputs, "metadata", "name")));
  const own = named("Namespace");
  return named("NamespacePatch").filter((name) => !own.includes(name));
}
