/** How a plan can be shown. */
export const formats = ["tree", "json", "values", "mermaid", "dot", "svg", "html", "iam", "rbac"] as const;
export type Format = (typeof formats)[number];
