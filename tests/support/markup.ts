/** One element of a page or picture, without its text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface MarkupRules {
  /** Elements that have no end. */
  readonly empty: readonly string[];
  /** Elements whose text is not markup. */
  readonly raw: readonly string[];
  /** Entities beside those of XML. */
  readonly entities: readonly string[];
}

/** XML as it is. */
export const xml: MarkupRules = { empty: [], raw: [], entities: [] };

/** HTML as far as our page uses it. */
export const html: MarkupRules = {
  empty: ["meta", "input"],
  raw: ["style", "script"],
  entities: ["ldquo", "rdquo", "rarr"],
};

/**
 * Reads markup and returns its elements. Throws where it is not well formed: an element that is not closed or closed in
 * the wrong order, an attribute without quotes or given twice, a sign that must be escaped and is not.
 */
export function readMarkup(text: string, rules: MarkupRules): readonly Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let rest = text.replace(/^<!doctype html>/, "");
  while (rest !== "") {
    const raw = rules.raw.find((name) => name === open.at(-1));
    const upTo = raw === undefined ? rest.search(/<|$/) : rest.indexOf(`</${raw}>`);
    if (raw === undefined) checkText(rest.slice(0, upTo), rules);
    rest = rest.slice(upTo);
    if (rest === "") break;
    const tag = /^<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/.exec(rest);
    if (tag === null) throw new Error(`no tag: ${rest.slice(0, 80)}`);
    const [whole, end, name = "", attributes = "", closed] = tag;
    rest = rest.slice(whole.length);
    if (end === "/") {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> where </${String(last)}> should be`);
      continue;
    }
    elements.push({ name, attributes: readAttributes(attributes, rules) });
    if (closed !== "/" && !rules.empty.includes(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return elements;
}

function readAttributes(text: string, rules: MarkupRules): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const [, key = "", value = ""] of text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
    if (key in attributes) throw new Error(`${key} is given twice`);
    checkText(value, rules);
    attributes[key] = unescape(value);
  }
  return attributes;
}

function checkText(text: string, { entities }: MarkupRules): void {
  const known = new RegExp(`&(?:${["amp", "lt", "gt", "quot", "apos", "#\\d+", ...entities].join("|")});`, "g");
  const stray = /[&<>]/.exec(text.replace(known, ""));
  if (stray !== null) throw new Error(`"${stray[0]}" is not escaped: ${text.slice(0, 80)}`);
}

function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
