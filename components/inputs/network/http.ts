import { choice } from "../choice";
import { patternForm, publicForm, textForm, type Form } from "../form";

/** Source: RFC 9110, section 5.1; the length is that of the Gateway API's HTTPHeaderName, for query parameters too. */
const token = /^[-A-Za-z0-9!#$%&'*+.^_`|~]{1,256}$/;
const tokenText = "1 to 256 letters, digits, hyphens and other characters of a token (RFC 9110)";

export const headerName: Form = patternForm(`the name of an HTTP header: ${tokenText}`, token);

/** The name in a condition of a route. */
export const conditionName: Form = patternForm(`the name of a header or query parameter: ${tokenText}`, token);

/** Source: RFC 9110, section 5.5; the length is that of the Gateway API's HTTPHeaderMatch. */
export const headerValue: Form = patternForm(
  "1 to 4096 printable ASCII characters, without spaces at the beginning and the end",
  /^[!-~]([\t -~]{0,4094}[!-~])?$/,
);

/** Source: the length is that of the Gateway API's HTTPQueryParamMatch. */
export const queryValue: Form = patternForm(
  "1 to 1024 characters of a query parameter, percent-encoded where the URL has them so",
  /^[!-~]{1,1024}$/,
);

/**
 * The value of a header that the gateway writes. Envoy replaces commands such as `%REQ(x-request-id)%` in it.
 *
 * Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export const writtenHeaderValue: Form = textForm(`${headerValue.allowed}; a percent sign is written %%`, (given) => {
  const rest = given.replace(/%%|%[A-Z_]+(\([^)]*\))?(:\d+)?%/g, "");
  return rest.includes("%") ? `write "${given.replaceAll("%", "%%")}"` : headerValue.check(given);
});

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"];

/** Source: the Gateway API's HTTPMethod */
export const httpMethod: Form = choice(Object.fromEntries(methods.map((method) => [method, method])));

/** The same, or `*` for every method. Source: the Gateway API's HTTPCORSFilter */
export const corsMethod: Form = choice(Object.fromEntries([...methods, "*"].map((method) => [method, method])));

/** Conditions that Istio adds to the retries of an HTTPRoute. Source: istio/istio pilot/pkg/config/kube/gateway/conversion.go */
export const connectionConditions: readonly string[] = [
  "connect-failure",
  "refused-stream",
  "unavailable",
  "cancelled",
];

/**
 * Conditions of Envoy that need no further settings.
 *
 * Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on, and
 * istio/istio pkg/config/validation/validation.go (supportedRetryOnPolicies)
 */
const conditions = [
  ...["5xx", "gateway-error", "reset", "reset-before-request", "retriable-4xx", "envoy-ratelimited"],
  ...connectionConditions,
  ...["deadline-exceeded", "internal", "resource-exhausted", "http3-post-connect-failure"],
];

/** Whether a retry condition is a status code. */
export function isStatus(condition: string): boolean {
  return /^[45]\d\d$/.test(condition);
}

const namedCondition = choice(Object.fromEntries(conditions.map((condition) => [condition, condition])));

/** When a request is retried. */
export const retryCondition: Form = publicForm(
  textForm(`a status code from 400 to 599 in quotes, or ${namedCondition.allowed}`, (given) =>
    isStatus(given) ? undefined : namedCondition.check(given),
  ),
);

/** Source: the Gateway API's CORSOrigin */
export const corsOrigin: Form = textForm(
  'an origin such as https://app.example.com or https://*.example.com, or "*" for every origin',
  (given) => {
    const isOrigin = (text: string) =>
      /^(\*|https?:\/\/((\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(:\d{1,5})?)$/.test(text) && text.length <= 253;
    if (isOrigin(given)) return undefined;
    const origin = given.trim().replace(/^(https?:\/\/[^/?#]*)[/?#].*$/, "$1");
    if (isOrigin(origin)) return `write "${origin}"`;
    return isOrigin(`https://${origin}`) ? `write "https://${origin}"` : "write scheme and host, without a path";
  },
);

/** A time in seconds, precise to a millisecond, which is what Istio takes. The most is what the Gateway API's Duration holds. */
export const seconds: Form = numberForm(
  "a number of seconds from 0.001 to 86400, with at most three decimals",
  (given) => {
    const milliseconds = given * 1000;
    return given >= 0.001 && given <= 86_400 && Math.abs(milliseconds - Math.round(milliseconds)) < 1e-6;
  },
);

/** A share of the requests that is not nothing. The least is what Envoy can tell apart. */
export const share: Form = numberForm(
  "a number of percent above 0, from 0.0001 to 100",
  (given) => given >= 0.0001 && given <= 100,
);

function numberForm(allowed: string, within: (given: number) => boolean): Form {
  return {
    allowed,
    check: (given) => {
      if (typeof given === "number" && within(given)) return undefined;
      const written = typeof given === "string" ? given.replace(/\s*(s|%)$/, "") : "";
      if (/^\d+(\.\d+)?$/.test(written) && within(Number(written))) return `write ${written} without quotes`;
      return given === null ? "give it a value, or remove the line" : `write ${allowed}`;
    },
  };
}
