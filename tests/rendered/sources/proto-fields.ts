import type { KeyTree } from "../../../components/control-plane/charts/values/chart-keys";

interface Field {
  /** Name in JSON and YAML. */
  readonly name: string;
  readonly type: string;
  readonly many: boolean;
}

interface Message {
  /** Full name, such as `istio.mesh.v1alpha1.MeshConfig`. */
  readonly name: string;
  readonly fields: Field[];
}

const scalar = /^(double|float|u?int(32|64)|s(int|fixed)(32|64)|fixed(32|64)|bool|string|bytes)$/;
const wellKnown = /^google\.protobuf\.(Duration|Timestamp|\w+Value)$/;

/** The messages that proto files declare, by full name. Only fields are read: no options, no defaults. */
export function messagesOf(files: readonly string[]): ReadonlyMap<string, Message> {
  const messages = new Map<string, Message>();
  for (const file of files) for (const message of messagesIn(file)) messages.set(message.name, message);
  return messages;
}

/** Matches, in this order: a block's beginning, its end, a field. */
const statement =
  /\b(message|oneof|enum)\s+(\w+)\s*\{|(\})|(?:(repeated|optional)\s+)?(?:map\s*<\s*\w+\s*,\s*([\w.]+)\s*>|([\w.]+))\s+(\w+)\s*=\s*\d+\s*(\[[^\]]*\])?\s*;|(\{)/g;

function messagesIn(file: string): readonly Message[] {
  const text = file.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  const pack = String(/^package ([\w.]+);/m.exec(text)?.[1]);
  const found: Message[] = [];
  const open: (Message | "enum" | "other")[] = [];
  const messages = () => open.filter((block) => typeof block !== "string");
  for (const [, kind, block, end, label, mapped, plain, name = "", options = "", other] of text.matchAll(statement)) {
    if (end !== undefined) open.pop();
    else if (kind === "message") {
      const outer = messages().at(-1)?.name ?? pack;
      const message = { name: `${outer}.${String(block)}`, fields: [] };
      found.push(message);
      open.push(message);
    } else if (kind === "enum") open.push("enum");
    else if (kind === "oneof" || other !== undefined) open.push("other");
    else if (!open.includes("enum")) {
      const many = label === "repeated" || mapped !== undefined;
      messages()
        .at(-1)
        ?.fields.push({ name: jsonName(name, options), type: String(mapped ?? plain), many });
    }
  }
  return found;
}

function jsonName(name: string, options: string): string {
  const given = /json_name\s*=\s*"(\w+)"/.exec(options)?.[1];
  return given ?? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The keys that a message has in YAML, those of its messages below them. */
export function keysOfMessage(messages: ReadonlyMap<string, Message>, name: string): KeyTree {
  return treeOf(messages, name, []);
}

function treeOf(messages: ReadonlyMap<string, Message>, name: string, above: readonly string[]): KeyTree {
  // A message within itself is not followed.
  if (above.includes(name)) return { "**": {} };
  const fields = messages.get(name)?.fields ?? [];
  return Object.fromEntries(
    fields.map((field) => {
      const below = typeTree(messages, { type: field.type, within: name, above: [...above, name] });
      return [field.name, field.many ? { "*": below } : below];
    }),
  );
}

interface FieldType {
  readonly type: string;
  readonly within: string;
  readonly above: readonly string[];
}

function typeTree(messages: ReadonlyMap<string, Message>, { type, within, above }: FieldType): KeyTree {
  if (scalar.test(type) || wellKnown.test(type)) return {};
  const scopes = within.split(".").map((_, index, all) => all.slice(0, all.length - index).join("."));
  const message = [...scopes.map((scope) => `${scope}.${type}`), type].find((name) => messages.has(name));
  // What is not among the files may be an enum, a Struct or a message of Kubernetes: anything may be below.
  return message === undefined ? { "**": {} } : treeOf(messages, message, above);
}
