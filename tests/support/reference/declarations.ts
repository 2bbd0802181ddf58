import ts from "typescript";
import { sourcesIn } from "./source-texts";

/** A documented member of an interface or class, as its source has it. */
export interface Member {
  readonly name: string;
  /** Its type, in the words of the source. */
  readonly type: string;
  readonly optional: boolean;
  readonly doc: Doc;
}

/** What a docstring says, in parts. */
export interface Doc {
  readonly text: string;
  readonly defaultValue: string | undefined;
  readonly remarks: string | undefined;
  readonly example: string | undefined;
}

/** An interface or class with its public members. */
export interface Declaration {
  readonly name: string;
  readonly doc: Doc;
  /** Its own members, then those of the interfaces that it extends. */
  readonly members: readonly Member[];
}

interface Declared extends Declaration {
  readonly bases: readonly string[];
}

/** All that `components/` declares. */
export interface Declarations {
  readonly types: ReadonlyMap<string, Declaration>;
  /** The words that a type of words allows: `Mode` → `sidecar`, `ambient`. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** What the source says of such a type, and of each of its values. */
  readonly wordDocs: ReadonlyMap<string, WordDocs>;
}

export interface WordDocs {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Reads the declarations by TypeScript's own parser. Types are not computed: the reference shows what the source says. */
export function readDeclarations(): Declarations {
  const types = new Map<string, Declared>();
  const words = new Map<string, readonly string[]>();
  const wordDocs = new Map<string, WordDocs>();
  for (const statement of sourcesIn("components").flatMap(({ statements }) => [...statements])) {
    for (const found of declarationsOf(statement)) types.set(found.name, found);
    for (const [name, values] of wordsOf(statement)) {
      words.set(name, Object.keys(values));
      wordDocs.set(name, { text: docOf(statement).text, values });
    }
  }
  return { types: new Map([...types].map(([name, found]) => [name, withInherited(found, types)])), words, wordDocs };
}

function withInherited({ bases, ...found }: Declared, types: ReadonlyMap<string, Declared>): Declaration {
  const inherited = bases.flatMap((name) => {
    const base = types.get(name);
    return base === undefined ? [] : withInherited(base, types).members;
  });
  return { ...found, members: [...found.members, ...inherited] };
}

function declarationsOf(statement: ts.Statement): readonly Declared[] {
  if (ts.isInterfaceDeclaration(statement)) {
    const members = statement.members.filter(ts.isPropertySignature).map(memberOf);
    const bases = (statement.heritageClauses ?? []).flatMap(({ types }) =>
      types.map((base) => base.expression.getText()),
    );
    return [{ name: statement.name.text, doc: docOf(statement), members, bases }];
  }
  if (ts.isClassDeclaration(statement) && statement.name !== undefined) {
    const members = statement.members.filter(ts.isPropertyDeclaration).filter(isPublic).map(memberOf);
    return [{ name: statement.name.text, doc: docOf(statement), members, bases: [] }];
  }
  return [];
}

function isPublic({ modifiers = [] as unknown as ts.NodeArray<ts.ModifierLike> }: ts.PropertyDeclaration): boolean {
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword);
}

function memberOf(member: ts.PropertySignature | ts.PropertyDeclaration): Member {
  return {
    name: member.name.getText(),
    type: member.type === undefined ? "" : member.type.getText().replaceAll(/\s+/g, " "),
    optional: member.questionToken !== undefined,
    doc: docOf(member),
  };
}

/** `export const Mode = { Sidecar: "sidecar" } as const`: the values, and what the source says of each. */
function wordsOf(statement: ts.Statement): readonly (readonly [string, WordDocs["values"]])[] {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
    if (initializer === undefined || !ts.isAsExpression(initializer)) return [];
    const { expression } = initializer;
    if (!ts.isObjectLiteralExpression(expression)) return [];
    const texts = expression.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer)
        ? [[property.initializer.text, docOf(property).text] as const]
        : [],
    );
    return [[name.getText(), Object.fromEntries(texts)] as const];
  });
}

function docOf(node: ts.Node): Doc {
  const blocks = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const block = blocks[blocks.length - 1];
  const tag = (wanted: string) =>
    ts
      .getJSDocTags(node)
      .filter(({ tagName }) => tagName.text === wanted)
      .map(({ comment }) => flat(ts.getTextOfJSDocComment(comment)))[0];
  return {
    text: flat(block === undefined ? undefined : ts.getTextOfJSDocComment(block.comment)),
    defaultValue: tag("defaultValue"),
    remarks: tag("remarks"),
    example: tag("example"),
  };
}

/** Paragraphs stay; the lines of one become one line. */
function flat(text = ""): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " ").trim())
    .join("\n\n");
}
