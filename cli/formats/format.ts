/** How a plan can be shown. */
export const formats = ["tree", "json", "values", "traffic", "mermaid", "dot", "svg", "html", "iam", "rbac"] as const;
export type Format = (typeof formats)[number];

/** Formats that show an order, and so the order of removal too. The page of `html` has both in any case. */
export const orderedFormats: readonly Format[] = ["tree", "json", "mermaid", "dot", "svg"];

/** Formats that show what changes from one plan to another. */
export const comparedFormats: readonly Format[] = ["tree", "json", "html"];

/** Formats that show the plan's warnings themselves. */
export const formatsWithWarnings: readonly Format[] = ["tree", "json", "html"];

const formatsByEnding: Readonly<Record<string, Format>> = {
  json: "json",
  mmd: "mermaid",
  mermaid: "mermaid",
  dot: "dot",
  gv: "dot",
  svg: "svg",
  html: "html",
  htm: "html",
};

/** The format that the name of an output file asks for: `plan.html` is a page. */
export function formatOfFile(path: string): Format | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1];
  return ending === undefined ? undefined : formatsByEnding[ending.toLowerCase()];
}
