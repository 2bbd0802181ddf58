import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ValueSchema } from "../../../components/control-plane/charts/values/value-schema";

/**
 * What a chart's own schema requires of each value; undefined: the chart has no schema. Which keys it admits at the top
 * stands in the tables as `closed`.
 */
export function valueSchemaOf(folder: string): ValueSchema | undefined {
  const file = join(folder, "values.schema.json");
  if (!existsSync(file)) return undefined;
  const { $defs } = JSON.parse(readFileSync(file, "utf8"), withoutDescription) as { $defs: { values: ValueSchema } };
  const { properties = {} } = $defs.values;
  // By such a key the chart keeps its own defaults.
  return { properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("_"))) };
}

function withoutDescription(key: string, member: unknown): unknown {
  return key === "description" && typeof member === "string" ? undefined : member;
}
