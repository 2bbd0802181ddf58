/** Text as it may stand in a label of Mermaid. */
export function escapeMermaid(text: string): string {
  return text.replaceAll('"', "#quot;").replaceAll("<", "#lt;").replaceAll("*", "#42;");
}
