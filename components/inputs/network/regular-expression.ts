import { textForm, type Form } from "../form";
import { invariant } from "../invariant";

/**
 * A regular expression that matches the whole path of a request, in the syntax that RE2 and JavaScript share.
 *
 * Sources: https://github.com/google/re2/wiki/Syntax; istio/istio pkg/config/validation/validation.go for its length
 */
export const pathExpression: Form = textForm(
  "a regular expression (RE2, without lookaround) of at most 1024 ASCII characters that matches the whole path, such as /v[0-9]+/.*",
  (given) => {
    if (!/^[ -~]{1,1024}$/.test(given)) return "write 1 to 1024 ASCII characters; paths are percent-encoded";
    if (/^\^?[\w%-]/.test(given)) return `begin it with a slash: "/${given.replace(/^\^/, "")}"`;
    const unknown = tokensOf(given).find(isUnknown);
    if (unknown !== undefined) return `write it without ${unknown}`;
    return compiles(given) ? undefined : "close every bracket, and repeat only what can be repeated";
  },
);

/** An escape, a class, the beginning of a group, a counted repetition, or any other character. */
function tokensOf(expression: string): readonly string[] {
  const token = /\\.|\[(\\.|[^\]\\])*\]|\(\?(P?<\w+>|[imsU-]+[:)]|<?.)?|\{\d+(,\d*)?\}|./g;
  return [...expression.matchAll(token)].map(([text]) => text);
}

/** Whether RE2 refuses a token: lookaround, back-references, escapes without meaning, more than 1000 repetitions. */
function isUnknown(token: string): boolean {
  if (token.startsWith("(?")) return !/^\(\?(:|P?<\w+>|[imsU-]+[:)])$/.test(token);
  if (token.startsWith("{")) return token.split(/\D+/).some((count) => Number(count) > 1000);
  if (token.startsWith("[")) return /^\[\^?\]$/.test(token) || /\\[^dDsSwWafnrtv\W_]/.test(token);
  return /^\\[^dDsSwWbBAzafnrtv\W_]$/.test(token);
}

/** Whether JavaScript can compile it, which takes what RE2 takes. */
function compiles(expression: string): boolean {
  try {
    return translated(expression).source !== "";
  } catch {
    return false;
  }
}

/** Whether an expression matches a whole path, apart from its flags. */
export function matchesPath(expression: string, path: string): boolean {
  return translated(`^(?:${expression})$`).test(path);
}

/** The same expression in JavaScript, without the flags and names of groups. */
function translated(expression: string): RegExp {
  const named = expression.replace(/\(\?P?<\w+>/g, "(");
  return new RegExp(named.replace(/\(\?[imsU-]+:/g, "(?:").replace(/\(\?[imsU-]+\)/g, "(?:)"));
}

/** Every path that an expression matches begins with this text; empty where that is not known. */
export function literalPrefix(expression: string): string {
  if (expression.includes("|")) return "";
  const text = expression.replace(/^\^/, "");
  const literal = invariant(
    /^(?:[-\w/~!&',;=:@%]|\\\W)*/.exec(text)?.[0],
    "the match of an expression that matches any text",
  );
  const repeated = /^[*?{]/.test(text.slice(literal.length));
  return (repeated ? literal.replace(/\\?.$/, "") : literal).replaceAll("\\", "");
}
