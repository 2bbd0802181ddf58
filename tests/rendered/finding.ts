/** Something that the charts and the plan do not agree on, told so that one finds the place. */
export interface Finding {
  /** Which check found it. */
  readonly check: string;
  /** Where: a release, an object, a value. */
  readonly where: string;
  readonly message: string;
}

/** A finding if a condition holds, in a list so that checks read as a table. */
export function findingIf(broken: boolean, check: string, reported: Omit<Finding, "check">): readonly Finding[] {
  return broken ? [{ check, ...reported }] : [];
}

/** All findings as one text. */
export function findingsText(findings: readonly Finding[]): string {
  return findings.map(({ check, where, message }) => `${check}: ${where}: ${message}`).join("\n");
}
