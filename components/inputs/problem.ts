import type { Problem } from "../plan/problem";
import { display } from "./display";
import type { Form } from "./form";

/** What a rule says of one member: the value it found, what is allowed, what to do. */
export interface Complaint {
  readonly given: unknown;
  readonly allowed: string;
  readonly suggestion: string;
}

/** A problem at a path. */
export function problem(path: string, complaint: Complaint): Problem {
  return { path, given: display(complaint.given, path), allowed: complaint.allowed, suggestion: complaint.suggestion };
}

/** A problem at a path if a condition holds, in a list so that rules read as a table. */
export function problemIf(broken: boolean, path: string, complaint: Complaint): readonly Problem[] {
  return broken ? [problem(path, complaint)] : [];
}

/** A problem about something that was found, which the complaint names. */
export function problemWith<T>(
  found: T | undefined,
  path: string,
  complaint: (found: T) => Complaint,
): readonly Problem[] {
  return found === undefined ? [] : [problem(path, complaint(found))];
}

/** A problem if a value does not have a form. */
export function formProblems(form: Form, given: unknown, path: string): readonly Problem[] {
  return problemWith(form.check(given), path, (suggestion) => ({ given, allowed: form.allowed, suggestion }));
}

/** Where arguments are written. */
export interface Source {
  /** File and line of the member at a path, or of the block that lacks it; undefined where it is not known. */
  readonly placeOf: (path: string) => string | undefined;
  /** A value as it is written there, where reading made another one of it: `1.30` is read as the number 1.3. */
  readonly writtenAt: (path: string) => string | undefined;
}

const nowhere: Source = { placeOf: () => undefined, writtenAt: () => undefined };

/** All problems as one text: where, what was given, what is allowed, what to do. */
export function problemsText(mesh: string, problems: readonly Problem[], source = nowhere): string {
  return problemsIn(
    `the arguments of the mesh "${mesh}"; nothing was made`,
    problems.map((one) => placed(one, source)),
  );
}

/** A problem whose path names file and line too, and whose value is as it is written there. */
export function placed(one: Problem, source: Source): Problem {
  const [place, written] = [source.placeOf(one.path), source.writtenAt(one.path)];
  const path = one.path === "" ? wholeBlock : one.path;
  return {
    ...one,
    path: place === undefined ? path : `${path} (${place})`,
    given: written === undefined ? one.given : `${written} (read as ${one.given})`,
  };
}

const wholeBlock = "(the whole block)";

/** The same for something else than a mesh's arguments. */
export function problemsIn(what: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const blocks = problems.map(
    ({ path, given, allowed, suggestion }) =>
      `  ${path === "" ? wholeBlock : path}\n    given    ${given}\n    allowed  ${allowed}\n    to do    ${suggestion}`,
  );
  return [`${count} in ${what}.`, ...blocks].join("\n\n");
}
