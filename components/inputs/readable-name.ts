import { createHash } from "node:crypto";

/**
 * A name that Kubernetes takes, made of a text that it would not: readable at the front, and different from that of every
 * other text by its end.
 */
export function readableName(text: string, length: number): string {
  const readable = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, length - 9)
    .replace(/-$/, "");
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return readable === "" ? mark : `${readable}-${mark}`;
}
