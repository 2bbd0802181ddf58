import ts from "typescript";
import { isText, sourcesIn, textOf } from "./source-texts";

/** What the component warns of: sentences in functions that warn and in members called `warnings`. */
export function warningTexts(): readonly string[] {
  const texts = sourcesIn("components").flatMap(warningsIn);
  // Other texts there are parts of such sentences.
  return texts.filter((text) => /^(\S+: |[A-Z])/.test(text) && / .*\.$/.test(text));
}

function warningsIn(node: ts.Node): readonly string[] {
  if (ts.isFunctionDeclaration(node) && /^warn/.test(String(node.name?.text))) return textsIn(node);
  if (ts.isPropertyAssignment(node) && node.name.getText() === "warnings") return textsIn(node);
  return childrenOf(node).flatMap(warningsIn);
}

function textsIn(node: ts.Node): readonly string[] {
  return isText(node) ? [textOf(node)] : childrenOf(node).flatMap(textsIn);
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return children;
}
