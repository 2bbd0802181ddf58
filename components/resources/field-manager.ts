import type * as pulumi from "@pulumi/pulumi";

/** The name under which the API server notes which fields of an object are ours. */
const fieldManager = "istio-eks";

/**
 * Gives every object of a manifest one field manager. Else each stack has a random one, and what an earlier stack left
 * behind, with the defaults that the API server adds, would be a conflict with a stranger.
 */
export function ownedByUs({ props, opts }: pulumi.ResourceTransformArgs): pulumi.ResourceTransformResult | undefined {
  const { metadata } = props as { readonly metadata?: { readonly annotations?: object } };
  if (metadata === undefined) return undefined;
  const annotations = { ...metadata.annotations, "pulumi.com/patchFieldManager": fieldManager };
  return { props: { ...props, metadata: { ...metadata, annotations } }, opts };
}
