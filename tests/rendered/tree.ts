/** A block of members, as JSON has it. */
export type Block = Readonly<Record<string, unknown>>;

/** Where something stands in a tree. */
export type Place = readonly (string | number)[];

export function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a place, or undefined where the place leads nowhere. */
export function at(root: unknown, ...place: Place): unknown {
  return place.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return typeof key === "number" ? (value[key] as unknown) : undefined;
    return isBlock(value) ? value[key] : undefined;
  }, root);
}

/** The block at a place; an empty one where there is none. */
export function blockAt(root: unknown, ...place: Place): Block {
  const value = at(root, ...place);
  return isBlock(value) ? value : {};
}

/** The list at a place; an empty one where there is none. */
export function listAt(root: unknown, ...place: Place): readonly unknown[] {
  const value = at(root, ...place);
  return Array.isArray(value) ? value : [];
}

/** The text at a place; a number counts as its text, everything else as none. */
export function textAt(root: unknown, ...place: Place): string {
  const value = at(root, ...place);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Labels or annotations: text by name. */
export function labelsAt(root: unknown, ...place: Place): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(blockAt(root, ...place)).map(([key, value]) => [key, String(value)]));
}

/** The places of everything that is no block and no list. */
export function inputValuesOf(value: unknown, place: Place = []): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => inputValuesOf(entry, [...place, index]));
  if (isBlock(value)) return Object.entries(value).flatMap(([key, member]) => inputValuesOf(member, [...place, key]));
  return [place];
}

/** A copy with another value at a place. */
export function withValueAt(root: unknown, place: Place, value: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return root.map((entry, index): unknown => (index === key ? withValueAt(entry, rest, value) : entry));
  }
  const block = isBlock(root) ? root : {};
  return { ...block, [key]: withValueAt(block[key], rest, value) };
}

/** `gateway.podAnnotations["a.b/c"][0]` */
export function placeText(place: Place): string {
  return place
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}
