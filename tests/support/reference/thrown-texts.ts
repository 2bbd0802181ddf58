import ts from "typescript";
import { sourcesIn, textOf } from "./source-texts";

/** Only the shell throws: what it asks and makes can turn out otherwise than the arguments declare. */
const folders = ["components/lookups", "components/resources"];

/** Texts of the errors that look-ups and makers throw, but for those that only a mistake of ours could cause. */
export function thrownTexts(): readonly string[] {
  return folders
    .flatMap(sourcesIn)
    .flatMap(textsIn)
    .filter((text) => text.startsWith("istio-eks: ") && !text.endsWith("this is a mistake in istio-eks"))
    .filter((text) => !/^istio-eks: \$\w+$/.test(text));
}

function textsIn(node: ts.Node): readonly string[] {
  const inside: string[] = [];
  if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) {
    inside.push(...(node.arguments ?? []).slice(0, 1).map(textOf));
  }
  // One function throws for several who call it.
  if (ts.isCallExpression(node) && node.expression.getText() === "missing") {
    inside.push(...node.arguments.map((text) => `istio-eks: ${textOf(text)}`));
  }
  node.forEachChild((child) => void inside.push(...textsIn(child)));
  return inside;
}
