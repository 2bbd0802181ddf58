import type { Call } from "./call";

/**
 * What moto is asked to do in place of creating a record: it checks by its journal, in which records that are long
 * deleted still stand, and so refuses what AWS would do. Whether the record exists is checked before.
 */
export function withoutCreation({ service, action }: Call, body: string): string {
  if (service !== "route53" || action !== "ChangeResourceRecordSets") return body;
  return body.replaceAll("<Action>CREATE</Action>", "<Action>UPSERT</Action>");
}
