/** Text as it may stand in XML and HTML, in attributes too. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Ids and names that stand for those of an account that was not asked. */
const examples =
  /vpc-0example\w*|sg-0example\w*|ZEXAMPLE\w*|https:\/\/EXAMPLE\.eks\.amazonaws\.com|example-of-[\w.-]+/g;

/** Escaped text with its example ids marked. */
export function markExamples(text: string): string {
  return escapeXml(text).replace(examples, '<mark title="an example: give the real one with --facts">$&</mark>');
}

/** The example ids in a text, each once. */
export function examplesIn(text: string): readonly string[] {
  return [...new Set(text.match(examples))].sort();
}
