import type { Members } from "../model/request";

/** Values of condition keys; one that is not here is absent from the request. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;

/** One question to IAM: may this action be done to this resource? */
export interface Authorization {
  readonly action: string;
  readonly resource: string;
  readonly keys: ConditionKeys;
}

/** What of a request IAM looks at. */
export interface Asked {
  readonly operation: string;
  readonly parameters: Members;
  readonly region: string;
}

export const accountId = "123456789012";

/** Tags of what exists, by ARN or, in EC2, by id. */
export type TagsOf = (id: string) => Promise<Readonly<Record<string, string>>>;

export function requestTags(tags: Readonly<Record<string, string>>): ConditionKeys {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return { ...prefixed("aws:RequestTag/", tags), "aws:TagKeys": keys };
}

export function resourceTags(tags: Readonly<Record<string, string>>): ConditionKeys {
  return prefixed("aws:ResourceTag/", tags);
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): ConditionKeys {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
}

/** `[{ Key, Value }]` as a map. */
export function tagMap(value: unknown): Readonly<Record<string, string>> {
  const tags = (Array.isArray(value) ? value : []) as readonly { readonly Key?: string; readonly Value?: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [String(Key), Value ?? ""]));
}
