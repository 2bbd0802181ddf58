import type { InputValue } from "../../components/plan/input-value";
import type { MeshSettings } from "../../components/plan/settings";
import type { QueryResult, Facts, Refusal } from "./facts";
import type { Finding } from "./finding";

/** What a mesh wants, and what there is. */
export interface Situation {
  readonly settings: MeshSettings;
  readonly facts: Facts;
  readonly now: Date;
}

/** Decides what to say of one noun. */
export type CheckFunction = (situation: Situation) => readonly Finding[];

type Questions = Readonly<Record<string, QueryResult<unknown>>>;
type Answers<Q extends Questions> = { readonly [K in keyof Q]: Extract<Q[K], { readonly known: true }>["answer"] };
type Unknown = (kind: "unknown", where: string, details: Readonly<Record<string, string>>) => Finding;

/** Checks only what was answered; otherwise reports once that it could not. */
export function whenKnown<Q extends Questions>(
  { finding, where }: { readonly finding: Unknown; readonly where: string },
  questions: Q,
  check: (answers: Answers<Q>) => readonly Finding[],
): readonly Finding[] {
  const refusals = Object.values(questions).flatMap((result) => (result.known ? [] : [result.refusal]));
  const answers = Object.entries(questions).flatMap(([key, result]) => (result.known ? [[key, result.answer]] : []));
  if (refusals.length > 0) {
    const reasons = [...new Set(refusals.map(reasonText))].join("; ");
    return [finding("unknown", where, { why: reasons })];
  }
  return check(Object.fromEntries(answers) as Answers<Q>);
}

const parties = { aws: "AWS", cluster: "the cluster" } as const;

/** Why a question was not answered, in a few words. */
export function reasonText({ party, reason, message }: Refusal): string {
  const who = parties[party];
  switch (reason) {
    case "tool-missing":
      return `${party === "aws" ? "aws" : "kubectl"} was not found`;
    case "unreachable":
      return `${who} cannot be reached`;
    case "credentials":
      return `${who} refuses the credentials`;
    case "forbidden":
      return `${who} denied the request: ${message}`;
    case "late":
      return `${who} did not answer in time`;
    case "failed":
      return `${who} answered: ${message}`;
    case "not-asked":
      return `${who} was not asked: ${message}`;
  }
}

/** An input value that is readable; encrypted ones are not. */
export function plainText(inputValue: InputValue): string | undefined {
  return typeof inputValue === "string" ? inputValue : undefined;
}

/** Input values that are all readable. */
export function plainTexts(inputValues: readonly InputValue[]): readonly string[] | undefined {
  const readable = inputValues.filter((inputValue) => typeof inputValue === "string");
  return readable.length === inputValues.length ? readable : undefined;
}

/** The cluster's name, if it is readable. */
export function clusterName({ cluster: { source } }: MeshSettings): string | undefined {
  return source.kind === "named" ? plainText(source.name) : undefined;
}

/** What the cluster is called in findings. */
export function clusterPlace(settings: MeshSettings): string {
  const name = clusterName(settings);
  return name === undefined ? "the cluster" : `cluster ${name}`;
}
