import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../readme";

/** The sources below a folder, as TypeScript reads them. */
export function sourcesIn(folder: string): readonly ts.SourceFile[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(root, folder, file), "utf8");
      return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    });
}

/** Whether an expression writes a text. */
export function isText(node: ts.Node): node is ts.Expression {
  return (
    ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || (ts.isBinaryExpression(node) && isText(node.left))
  );
}

/** A text with `$name` in the place of what is filled in, or `…` where that has no name. */
export function textOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right);
  if (!ts.isTemplateExpression(node)) return placeOf(node);
  const spans = node.templateSpans.map(({ expression, literal }) => `${placeOf(expression)}${literal.text}`);
  return node.head.text + spans.join("");
}

function placeOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return `$${node.text}`;
  return ts.isPropertyAccessExpression(node) ? `$${node.name.text}` : "…";
}
