import type { Problem } from "../plan/problem";
import { display } from "./display";

/** What a rule says of one member: the value it found, what is allowed, what to do. */
export interface Complaint {
  readonly given: unknown;
  readonly allowed: string;
  readonly remedy: string;
}

/** A problem at a path. */
export function problem(path: string, complaint: Complaint): Problem {
  return { path, given: display(complaint.given, path), allowed: complaint.allowed, remedy: complaint.remedy };
}

/** A problem at a path if a condition holds, in a list so that rules read as a table. */
export function problemIf(broken: boolean, path: string, complaint: Complaint): readonly Problem[] {
  return broken ? [problem(path, complaint)] : [];
}

/** All problems as one text: where, what was given, what is allowed, what to do. */
export function problemsText(mesh: string, problems: readonly Problem[]): string {
  return problemsIn(`the arguments of the mesh "${mesh}"; nothing was made`, problems);
}

/** The same for something else than a mesh's arguments. */
export function problemsIn(what: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const blocks = problems.map(
    ({ path, given, allowed, remedy }) =>
      `  ${path === "" ? "(the whole block)" : path}\n    given    ${given}\n    allowed  ${allowed}\n    to do    ${remedy}`,
  );
  return [`${count} in ${what}.`, ...blocks].join("\n\n");
}
