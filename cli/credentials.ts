/**
 * Names of fields, variables and settings that may hold credentials. Too many rather than too few: of a value with such a
 * name only its place is shown.
 */
const names =
  /pass(?!through)|passwd|pwd|secret|token|key|dsn|cred|auth|connection|conn[-_]?(str|url|uri)|_conn\b|kubeconfig|cookie|jwt|bearer|signature|\bsig\b|webhook_?url|login/i;

/** What looks like credentials, whatever it is called. */
const forms: readonly RegExp[] = [
  // An address with a user, also without a scheme, as MySQL's drivers have it; not an image with a digest.
  /:\/\/\S*@/,
  /[^\s:@/]+:[^\s@]+@(?!sha256:)/,
  // PEM, JSON Web Tokens, and what the header Authorization has.
  /-----BEGIN /,
  /\beyJ[\w-]+\.[\w-]+\./,
  /\b(basic|bearer)\s+\S{8}/i,
  // Ids of access keys of AWS, and tokens of GitHub, GitLab, Slack and Google.
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(gh[a-z]_|github_pat_|glpat-|xox[a-z]-|AIza)[\w-]{10}/,
  // Secret access keys of AWS.
  /(?<![\w/+=])(?=[^\s]*[A-Z])(?=[^\s]*[a-z])(?=[^\s]*\d)[A-Za-z0-9/+=]{40}(?![\w/+=])/,
  // Long texts without a word in them; not the digest of an image.
  /(?<!sha256:)\b(?=\w*[A-Z])(?=\w*[a-z])(?=\w*\d)[A-Za-z0-9]{24,}/,
  /(?<!sha256:)\b(?=[a-f]*\d)(?=\d*[a-f])[a-f0-9]{32,}\b/i,
];

/** Whether a name or path suggests credentials, or a text has such a name in it: a list of variables, a file of settings. */
export function namesCredentials(text: string): boolean {
  return names.test(text);
}

/** Whether a text has the form of credentials. */
export function looksLikeCredentials(text: string): boolean {
  return forms.some((form) => form.test(text));
}

/**
 * The same of a member of chart values, whose names their charts chose: what is taken for a credential is missing in the
 * arguments that `adopt` writes, so that a guess does harm. Names of objects are harmless.
 */
const memberNames =
  /passw|pass$|pwd|dsn$|connection[-_]?string|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|kubeconfig|authorization/i;
const harmless = /(secret|token)_?(name|ref|audience|aud|path|class)s?$|pullsecrets?$|^(jwtpolicy|caSecret)$/i;
const certainForms = /:\/\/[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----|^eyJ[\w-]+\.[\w-]+\./;

/** Whether a member of chart values holds credentials. */
export function holdsCredentials(member: string, text: string): boolean {
  return certainForms.test(text) || (memberNames.test(member) && !harmless.test(member));
}
