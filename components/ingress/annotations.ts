import type { AnnotationValue } from "../plan/leaf";

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
