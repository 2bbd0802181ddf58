import { choice } from "../choice";
import { type Form, textForm } from "../form";
import { isStatus } from "./http";

/**
 * The conditions of Envoy that Istio takes.
 *
 * Source: istio/istio pkg/config/validation/validation.go, `supportedRetryOnPolicies`
 */
const conditions = [
  "5xx",
  "gateway-error",
  "reset",
  "reset-before-request",
  "connect-failure",
  "retriable-4xx",
  "refused-stream",
  "retriable-status-codes",
  "retriable-headers",
  "envoy-ratelimited",
  "http3-post-connect-failure",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
] as const;

const names: Form = choice(Object.fromEntries(conditions.map((condition) => [condition, condition])));

/** When a request is sent again: a condition of Envoy, or an HTTP status code of an error. */
export const retryCondition: Form = textForm(`${names.allowed}, or an HTTP status code, such as "503"`, (given) =>
  isStatus(given) ? undefined : names.check(given),
);
