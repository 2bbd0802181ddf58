import { pathText, valueAt } from "../inputs/path";
import { problemIf } from "../inputs/problem";
import type { Tree } from "../plan/input-value";
import type { Problem } from "../plan/problem";

/**
 * Members of `grafana.ini` that the chart keeps in a ConfigMap, and for which it fails where they are in plain text.
 *
 * Source: the template `grafana.assertNoLeakedSecrets` of the chart
 */
const sensitive: Readonly<Record<string, readonly string[]>> = {
  database: ["password"],
  smtp: ["password"],
  security: ["secret_key", "admin_password"],
  "auth.basic": ["password"],
  "auth.ldap": ["bind_password"],
  "auth.google": ["client_secret"],
  "auth.github": ["client_secret"],
  "auth.gitlab": ["client_secret"],
  "auth.generic_oauth": ["client_secret"],
  "auth.okta": ["client_secret"],
  "auth.azuread": ["client_secret"],
  "auth.grafana_com": ["client_secret"],
  "auth.grafananet": ["client_secret"],
  azure: ["user_identity_client_secret"],
  unified_alerting: ["ha_redis_password"],
  metrics: ["basic_auth_password"],
  "external_image_storage.s3": ["secret_key"],
  "external_image_storage.webdav": ["password"],
  "external_image_storage.azure_blob": ["account_key"],
};

/** `${VARIABLE}`, or `$__env{VARIABLE}` and the like: Grafana reads the secret when it starts. */
const expansion = /\$(?:__(?:env|file|vault))?\{[^}]+\}/;

/** Finds secrets for which the chart would fail during `up`. What is known only then is not looked at. */
export function checkGrafanaSecrets(values: Tree, path: string): readonly Problem[] {
  if (values["assertNoLeakedSecrets"] === false) return [];
  return Object.entries(sensitive).flatMap(([section, keys]) =>
    keys.flatMap((key) => {
      const place = ["grafana.ini", section, key];
      const given = valueAt(values, place);
      return problemIf(typeof given === "string" && !expansion.test(given), `${path}${pathText(place)}`, {
        given: "a secret in plain text",
        allowed: `a reference that Grafana reads when it starts, such as $__env{${variableOf(section, key)}}`,
        suggestion: "put the secret into a Kubernetes Secret, and name that in envFromSecret",
      });
    }),
  );
}

function variableOf(section: string, key: string): string {
  return `GF_${section}_${key}`.toUpperCase().replaceAll(".", "_");
}
