import type { Plan } from "../plan";

/** The plan as stable JSON, for programs to read. */
export function jsonText({ resources, outputs, warnings }: Plan): string {
  const plain = resources.map(({ name, type, parent, dependsOn, inputs, options }) => ({
    name,
    type,
    parent,
    dependsOn,
    inputs,
    options,
  }));
  return `${JSON.stringify({ resources: plain, outputs, warnings }, null, 2)}\n`;
}
