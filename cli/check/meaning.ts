import type { Reason } from "./facts";

/** What AWS, its tool, an API server and kubectl say, and what they mean by it; the first that fits. */
const meanings: readonly (readonly [RegExp, Reason])[] = [
  [/AccessDenied|UnauthorizedOperation|not authorized to perform|Forbidden/i, "forbidden"],
  [
    /Expired|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|security token/i,
    "credentials",
  ],
  [
    /Unable to locate credentials|SSO|config profile|getting credentials|Unauthorized|must be logged in/i,
    "credentials",
  ],
  [/Could not connect|Connection (was closed|refused)|no such host|no route to host/i, "unreachable"],
  [/Name or service not known|Failed to connect|network is unreachable|certificate signed by|x509/i, "unreachable"],
  [/dial tcp|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|does not exist|no configuration|socket hang up/i, "unreachable"],
  [/timed? ?out|deadline exceeded/i, "late"],
];

/** Why a question was not answered, by what was said in place of an answer. */
export function reasonIn(message: string): Reason {
  const meaning = meanings.find(([words]) => words.test(message));
  return meaning === undefined ? "failed" : meaning[1];
}

/** kubectl writes its log so, with day, time and place in its source. */
const logPrefix = /^[EIWF]\d{4} \S+ +\d+ \S+\] (Error while proxying request: )?/;

/** The last line that says something: there the tools tell the cause. */
export function lastLine(message: string): string {
  const lines = message.split("\n").map((line) => line.trim().replace(logPrefix, ""));
  return lines
    .filter((line) => line !== "")
    .slice(-1)
    .join("")
    .slice(0, 300);
}
