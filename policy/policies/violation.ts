/** What a policy reports about something that it does not accept. */
export interface Violation {
  /** What is wrong, as a sentence without its subject's kind: `istiod has no version`. */
  readonly what: string;
  /** What the policy accepts. */
  readonly allowed: string;
  /** What the user should do. */
  readonly suggestion: string;
}

/** The message of a violation, in the words in which the component reports bad input. */
export function violationText({ what, allowed, suggestion }: Violation): string {
  return `${what}\n  allowed  ${allowed}\n  to do    ${suggestion}`;
}
