import { problemIf } from "../../inputs/problem";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Problem } from "../../plan/problem";

/**
 * Prefixes of the annotations that ExternalDNS reads: the first up to its version 0.21, the second since.
 *
 * Source: https://github.com/kubernetes-sigs/external-dns/blob/master/source/annotations/annotations.go
 */
const prefixes = ["external-dns.alpha.kubernetes.io/", "external-dns.kubernetes.io/"] as const;

/** ExternalDNS skips every object on which this annotation has another value than its own. */
const controllerKeys: readonly string[] = prefixes.map((prefix) => `${prefix}controller`);
const externalDns = "dns-controller";
const ours = "istio-eks";

type Annotations = Readonly<Record<string, string>>;

/**
 * Annotations that keep ExternalDNS away from the objects of these ingresses, where the component makes the records.
 * ExternalDNS reads the hosts of Ingresses, Gateways and routes without being asked, and its records would take the place
 * of the component's. What the user writes about the controller is valid for all objects of the ingress.
 */
export function externalDnsAnnotations(ingresses: readonly IngressSettings[]): Annotations {
  const makesRecords = ingresses.some(({ dns }) => dns?.createRecords === true);
  const given = ingresses.flatMap(({ annotations }) => Object.entries(annotations));
  return Object.fromEntries([
    ...(makesRecords ? controllerKeys.map((key) => [key, ours] as const) : []),
    ...given.filter(([key]) => controllerKeys.includes(key)),
  ]);
}

/** Kinds of objects that ExternalDNS reads hosts from. */
const kinds: readonly string[] = ["Gateway", "HTTPRoute", "VirtualService"];

/** The same objects, with `externalDnsAnnotations` on those from which ExternalDNS reads hosts. */
export function withExternalDns(
  objects: readonly KubernetesObjectPlan[],
  ingresses: readonly IngressSettings[],
): readonly KubernetesObjectPlan[] {
  const annotations = externalDnsAnnotations(ingresses);
  if (Object.keys(annotations).length === 0) return objects;
  return objects.map((object) => {
    if (!kinds.includes(object.kind)) return object;
    return {
      ...object,
      metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } },
    };
  });
}

/**
 * Checks the annotations of an ingress whose records the component makes: ExternalDNS may not be asked for records too.
 */
export function checkExternalDns(annotations: Annotations, path: string): readonly Problem[] {
  return Object.entries(annotations).flatMap(([key, given]) => {
    const isRead = prefixes.some((prefix) => key.startsWith(prefix));
    const keepsAway = controllerKeys.includes(key) && given !== externalDns;
    return problemIf(isRead && !keepsAway, `${path}.annotations[${JSON.stringify(key)}]`, {
      given,
      allowed: "no annotations for ExternalDNS while dns makes the records: each would find the other's in its place",
      suggestion: "remove it; or let ExternalDNS make the records: remove dns, or set dns.createRecords: false",
    });
  });
}
