import type * as pulumi from "@pulumi/pulumi";

/** The name under which the API server notes which fields of an object are ours. */
const fieldManager = "istio-eks";

/** The API server adds to these fields that nobody has written, and takes the whole for another's. */
const filledIn = /:ValidatingAdmissionPolicy(Binding)?$/;

/**
 * Gives every object of a manifest one field manager. Else each stack has a random one, and what an earlier stack left
 * behind, with the defaults that the API server adds, would be a conflict with another manager.
 *
 * The bundle's guard against downgrades is taken over from whoever applied it: for those defaults even the same bundle
 * would be a conflict with kubectl. The definitions are not: installing another version of them is reported.
 */
export function ownedByUs({
  type,
  props,
  opts,
}: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
  const { metadata } = props as { readonly metadata?: { readonly annotations?: object } };
  if (metadata === undefined) return undefined;
  const force = filledIn.test(type) ? { "pulumi.com/patchForce": "true" } : {};
  const annotations = { ...metadata.annotations, "pulumi.com/patchFieldManager": fieldManager, ...force };
  return { props: { ...props, metadata: { ...metadata, annotations } }, opts };
}
