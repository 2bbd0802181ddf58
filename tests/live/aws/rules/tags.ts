import type { AwsFault } from "../answer";
import { refuse } from "./rule";

/** A tag of a request; IAM's and EC2's lists have the same form. */
export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** Codes with which a service refuses tags. */
export interface TagCodes {
  readonly tooMany: string;
  readonly duplicate: string;
  readonly invalid: string;
}

const most = 50;

/** What holds for tags in every service: 50 of them, each key once, none of AWS' own. */
export function tagRefusal(tags: readonly Tag[], codes: TagCodes): AwsFault | undefined {
  const keys = tags.map(({ Key = "" }) => Key);
  if (keys.length > most) return refuse(codes.tooMany, `The maximum number of tags for a resource is ${most}.`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return refuse(codes.duplicate, `Tag key '${twice}' is specified more than once.`);
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved !== undefined) {
    return refuse(codes.invalid, `Tag keys starting with 'aws:' are reserved for internal use: '${reserved}'.`);
  }
  const long = tags.find(({ Key = "", Value = "" }) => Key === "" || Key.length > 128 || Value.length > 256);
  return long === undefined
    ? undefined
    : refuse(codes.invalid, `Tag key '${String(long.Key)}' must have 1 to 128 characters, and its value up to 256.`);
}
