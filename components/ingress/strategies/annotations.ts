import type { AnnotationValue } from "../../plan/input-value";

/**
 * Annotations of which AWS makes another load balancer, with another address. The object must be a new one too: its
 * status would go on telling the old address for a moment, and that is where records would lead.
 */
export function otherBalancer(annotations: readonly string[]): readonly string[] {
  return annotations.map((name) => `metadata.annotations["${name}"]`);
}

/** The class that selects the controller that builds the load balancer: another controller builds another load balancer. */
export const otherController = { service: "spec.loadBalancerClass", ingress: "spec.ingressClassName" } as const;

/** The user's annotations and ours, which win; ours without those that are not set. */
export function writtenAnnotations(
  extra: Readonly<Record<string, string>>,
  prefix: string,
  ours: Readonly<Record<string, AnnotationValue | undefined>>,
): Readonly<Record<string, AnnotationValue>> {
  const written: Record<string, AnnotationValue> = { ...extra };
  for (const [suffix, value] of Object.entries(ours)) {
    if (value !== undefined) written[`${prefix}${suffix}`] = value;
  }
  return written;
}
