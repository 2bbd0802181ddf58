import { problem } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";

/** Attributes in the controller's way of writing: `a=1,b=2`. */
export function attributesText(attributes: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(attributes)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
}

/** Joins our attributes and the user's; nothing if there are none. */
export function joinAttributes(ours: Readonly<Record<string, string | number | boolean>>, extra: string | undefined) {
  return [attributesText(ours), extra].filter((text) => text !== undefined && text !== "").join(",");
}

/** The user's attributes may be any but those that another member decides. */
export function checkAttributes(
  extra: string | undefined,
  owned: Readonly<Record<string, string>>,
  path: string,
): readonly Problem[] {
  if (extra === undefined) return [];
  return extra.split(",").flatMap((entry) => {
    const attribute = entry.trim();
    const name = attribute.replace(/\s*=.*/, "");
    if (!Object.hasOwn(owned, name)) return [];
    return [
      problem(path, {
        given: attribute,
        allowed: "attributes that no other member decides",
        suggestion: `remove ${attribute} and use ${String(owned[name])}`,
      }),
    ];
  });
}

/** The load balancer controller refuses to delete what is protected, so destroy would wait in vain. */
export function warnOfDeletionProtection(extra: string | undefined, path: string): readonly string[] {
  if (extra === undefined || !extra.includes("deletion_protection.enabled=true")) return [];
  return [`${path}: deletion protection is on; destroy stops until you set it to false and run \`pulumi up\`.`];
}
