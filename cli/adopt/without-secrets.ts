import { holdsCredentials, namesCredentials } from "../credentials";
import { isTree, type Path, type Tree } from "./trees";

/** Whether what stands at a path must not be shown. */
export function isSecret(path: Path, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((entry: unknown) => isSecretEntry(path, entry));
  if (typeof value !== "string" || value === "") return false;
  return holdsCredentials(String(path.at(-1)), value);
}

/** Entries such as `{ name: DB_PASSWORD, value: … }` have the name beside the value. */
function isSecretEntry(path: Path, entry: unknown): boolean {
  if (!isTree(entry)) return isSecret(path, entry);
  const { name, value } = entry;
  // Unlike the names of members, those of variables are anybody's.
  if (typeof name === "string" && typeof value === "string" && value !== "" && namesCredentials(name)) return true;
  const named = typeof entry["name"] === "string" ? [...path, entry["name"]] : path;
  return Object.entries(entry).some(([key, inner]) => isSecretEntry(key === "value" ? named : [...path, key], inner));
}

/** A tree without its secrets, and where they were. */
export function withoutSecrets(
  tree: Tree,
  path: Path = [],
): { readonly tree: Tree; readonly secrets: readonly Path[] } {
  const parts = Object.entries(tree).map(([key, value]) => {
    const here = [...path, key];
    if (isTree(value)) {
      const inner = withoutSecrets(value, here);
      return { key, value: inner.tree, secrets: inner.secrets };
    }
    return isSecret(here, value) ? { key, value: undefined, secrets: [here] } : { key, value, secrets: [] };
  });
  const kept = parts.filter(({ value }) => value !== undefined);
  return {
    tree: Object.fromEntries(kept.map(({ key, value }) => [key, value])),
    secrets: parts.flatMap(({ secrets }) => secrets),
  };
}
