import type { Declaration, Declarations, Member } from "./declarations";
import { anchor, cell, generated, table } from "./markdown";

const loadBalancer = "IstioMeshArgs";

/** A block of arguments, and the paths that it stands at. */
export interface Place {
  readonly declaration: Declaration;
  readonly paths: readonly string[];
}

/** Every argument of the mesh, block by block, as the docstrings tell it. */
export function argsPage(declarations: Declarations): string {
  const places = placesOf(declarations);
  const inside = (type: string) => [...type.matchAll(/\w+/g)].some(([word]) => declarations.types.has(word));
  const contents = places
    .slice(1)
    .map(({ declaration: { name }, paths }) => `- [${name}](#${anchor(name)}): ${paths.map(code).join(", ")}`);
  return [
    "# Arguments",
    generated,
    "Everything that `new IstioMesh(name, args)` takes. In a stack's configuration file the same members are below `istio-mesh:mesh`. A " +
      "`pulumi.Input<…>` takes an output of another resource; all other members are plain values, because they decide which resources " +
      "exist. All arguments are validated before anything is created: first every malformed value is reported, and once all values are " +
      "well-formed, every contradiction between them ([errors](errors.md)).",
    contents.join("\n"),
    ...places.flatMap(({ declaration, paths }) => [
      `## ${declaration.name}`,
      declaration.name === loadBalancer
        ? declaration.doc.text
        : `${declaration.doc.text} At ${paths.map(code).join(", ")}.`,
      table(
        ["member", "type", "default", "meaning"],
        declaration.members.map((member) => [
          code(member.name),
          inside(member.type) ? linked(member.type, declarations) : words(member.type, declarations),
          defaultOf(member),
          meaning(member),
        ]),
      ),
    ]),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

/** Blocks in the order in which one meets them. */
export function placesOf({ types }: Declarations): readonly Place[] {
  const found = new Map<string, { declaration: Declaration; paths: string[] }>();
  const visit = (name: string, path: string): void => {
    const declaration = types.get(name);
    if (declaration === undefined) throw new Error(`${path} has the type ${name}, which components/ does not declare`);
    const known = found.get(name);
    if (known !== undefined) {
      known.paths.push(path);
      return;
    }
    found.set(name, { declaration, paths: [path] });
    for (const member of declaration.members) {
      for (const [block] of member.type.matchAll(/\b\w+Args\b/g)) visit(block, pathOf(path, member));
    }
  };
  visit(loadBalancer, "");
  return [...found.values()];
}

function pathOf(path: string, { name, type }: Member): string {
  const inside = path === "" ? name : `${path}.${name}`;
  if (type.endsWith("[]")) return `${inside}[…]`;
  return type.startsWith("{") ? `${inside}.<name>` : inside;
}

const code = (text: string) => `\`${text}\``;

function linked(type: string, { types }: Declarations): string {
  const [name = ""] = [...type.matchAll(/\w+/g)].map(([word]) => word).filter((word) => types.has(word));
  const link = `[${name}](#${anchor(name)})`;
  if (type.endsWith("[]")) return `list of ${link}`;
  return type.startsWith("{") ? `map of names to ${link}` : link;
}

function words(type: string, { words: known }: Declarations): string {
  const allowed = known.get(type);
  if (allowed !== undefined) return allowed.map((word) => code(`"${word}"`)).join(", ");
  const map = /^\{ \[\w+: string\]: (.+?);? \}$/.exec(type);
  if (map !== null) return `map of names to ${code(String(map[1]))}`;
  return code(type === "pulumi.Inputs" ? "any values" : type);
}

function defaultOf({ optional, doc }: Member): string {
  if (!optional) return "required";
  return doc.defaultValue === undefined ? "–" : cell(doc.defaultValue);
}

function meaning({ doc: { text, remarks, example } }: Member): string {
  const more = [text, remarks, example === undefined ? undefined : `Example: ${example}`];
  return cell(more.filter((part) => part !== undefined).join("\n\n"));
}
