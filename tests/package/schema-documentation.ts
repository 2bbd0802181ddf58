import { z } from "zod";
import { membersOf, withoutOptional } from "../../components/inputs/suggestions/member-search";
import { factsOf } from "../../components/inputs/suggestions/schema-facts";
import { istioMeshShape } from "../../components/istio-mesh-args";
import { type Declarations, type Doc, readDeclarations } from "../support/reference/declarations";

/** A property of a Pulumi schema, as far as it is documented here. */
export interface SchemaProperty {
  type?: string;
  $ref?: string;
  description?: string;
  secret?: boolean;
  readonly items?: SchemaProperty;
  readonly additionalProperties?: SchemaProperty;
}

export interface SchemaType {
  description?: string;
  readonly properties?: Readonly<Record<string, SchemaProperty>>;
  readonly enum?: readonly { readonly value: string; description?: string }[];
}

export interface SchemaResource extends SchemaType {
  readonly inputProperties: Readonly<Record<string, SchemaProperty>>;
}

export interface AnalyzedSchema {
  readonly language: Readonly<Record<string, object>>;
  readonly resources: Readonly<Record<string, SchemaResource>>;
  readonly types: Readonly<Record<string, SchemaType>>;
}

/** Members that hold credentials, whoever gives them. */
const credentials = /(kubeconfig|privateKey|password|token)$/i;

/** Name of a type in the sources, without the suffix of arguments. */
const nameOf = (token: string) => token.replace(/^.*:/, "");

/**
 * Adds to the schema what Pulumi's analyzer leaves out: defaults, remarks and examples of the docstrings, descriptions of
 * types and enum values, whole numbers, and which members are secret.
 */
export function withDocumentation(schema: AnalyzedSchema): AnalyzedSchema {
  const declarations = readDeclarations();
  for (const [token, type] of Object.entries(schema.types)) documentType(nameOf(token), type, declarations);
  for (const { inputProperties } of Object.values(schema.resources)) {
    documentMembers("IstioMeshArgs", inputProperties, declarations);
    markIntegers(inputProperties, istioMeshShape, { types: schema.types });
  }
  return schema;
}

function documentType(name: string, type: SchemaType, declarations: Declarations): void {
  const words = declarations.wordDocs.get(name);
  if (type.enum !== undefined && words !== undefined) {
    type.description = words.text;
    for (const value of type.enum) value.description = String(words.values[value.value]);
  }
  const declared = declarations.types.has(`${name}Args`) ? `${name}Args` : name;
  const text = declarations.types.get(declared)?.doc.text;
  if (text !== undefined) type.description = text;
  documentMembers(declared, type.properties ?? {}, declarations);
}

function documentMembers(name: string, properties: Readonly<Record<string, SchemaProperty>>, { types }: Declarations) {
  for (const member of types.get(name)?.members ?? []) {
    const property = properties[member.name];
    if (property === undefined) continue;
    property.description = descriptionOf(member.doc);
    if (property.type === "string" && credentials.test(member.name)) property.secret = true;
  }
}

function descriptionOf({ text, remarks, defaultValue, example }: Doc): string {
  const parts = [
    text,
    remarks,
    defaultValue === undefined ? undefined : `Default: ${defaultValue}`,
    example === undefined ? undefined : `Example: ${example}`,
  ];
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** A number that the arguments' checks take only as a whole one is an integer. */
function markIntegers(
  properties: Readonly<Record<string, SchemaProperty>>,
  shape: z.ZodType,
  { types, seen = new Set() }: { readonly types: AnalyzedSchema["types"]; readonly seen?: Set<string> },
): void {
  for (const [name, property] of Object.entries(properties)) {
    const schema = membersOf(shape)[name];
    if (schema === undefined) continue;
    if (property.type === "number" && !schema.safeParse(1.5).success) property.type = "integer";
    const [inner, innerSchema] = insideOf(property, schema);
    const token = inner.$ref?.replace("#/types/", "");
    const type = token === undefined ? undefined : types[token];
    if (token === undefined || type?.properties === undefined || innerSchema === undefined || seen.has(token)) continue;
    seen.add(token);
    markIntegers(type.properties, innerSchema, { types, seen });
  }
}

function insideOf(property: SchemaProperty, schema: z.ZodType): readonly [SchemaProperty, z.ZodType | undefined] {
  const plain = withoutOptional(schema);
  if (property.items !== undefined) {
    return [property.items, plain instanceof z.ZodArray ? (plain.element as z.ZodType) : undefined];
  }
  if (property.additionalProperties !== undefined) return [property.additionalProperties, factsOf(plain)?.values];
  return [property, schema];
}
