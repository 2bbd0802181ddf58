import * as pulumi from "@pulumi/pulumi";
import type { AnnotationValue } from "../plan/input-value";

/** Puts a text together. What is known stays a plain text, so that previews show it. */
export function textOf(value: AnnotationValue): pulumi.Input<string> {
  if (typeof value !== "object" || !("concat" in value)) return value;
  const { concat, shorten = (whole: string) => whole } = value;
  const known = concat.filter((part) => typeof part === "string");
  return known.length === concat.length ? shorten(known.join("")) : pulumi.concat(...concat).apply(shorten);
}
