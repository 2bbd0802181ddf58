/** Tags as one text, in the order of their keys. */
export function tagText(tags: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([key, value]) => `${key}=${String(value)}`).join(",");
}

interface AwsTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function awsTagText(tags: readonly AwsTag[] | undefined): string {
  return tagText(Object.fromEntries((tags ?? []).map(({ Key, Value }) => [String(Key), Value])));
}
