/** Something in the arguments that cannot be built, described so that the reader can fix it. */
export interface Problem {
  /** Where: the path of the argument, such as `ingress.allowedCidrs[1]`. */
  readonly path: string;
  /** What was given, as text ready to print. */
  readonly given: string;
  /** What is allowed there. */
  readonly allowed: string;
  /** What to do about it. */
  readonly suggestion: string;
}

/** What `resolve` makes of arguments: settings to build from, unless there are problems. */
export interface Resolved<Settings> {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
  /** Worth knowing, but no reason to stop. */
  readonly warnings: readonly string[];
}
