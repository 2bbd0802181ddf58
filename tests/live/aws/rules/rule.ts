import type { AwsFault } from "../answer";
import type { AwsClients } from "../clients";
import type { AwsRequest, Members } from "../model/request";

/** A request beside the account that it is sent to. */
export interface Ruled {
  readonly parameters: Members;
  readonly operation: string;
  /** Clients that ask moto, past every check. */
  readonly moto: AwsClients;
}

/** A rule of AWS' API reference that the service's model does not hold. */
export type Rule = (ruled: Ruled) => Promise<AwsFault | undefined> | AwsFault | undefined;

/** Rules by operation, in the order in which they are held. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;

export function refuse(code: string, message: string): AwsFault {
  return { status: 400, code, message };
}

/** The first refusal of these rules, if one refuses. */
export async function firstRefusal(
  rules: Rules,
  { operation, parameters }: AwsRequest,
  moto: AwsClients,
): Promise<AwsFault | undefined> {
  for (const rule of rules[operation] ?? []) {
    const refusal = await rule({ operation, parameters, moto });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

export function textOf(parameters: Members, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === "string" ? value : undefined;
}

export function listOf<Item = string>(parameters: Members, name: string): readonly Item[] {
  const value = parameters[name];
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}
