/**
 * The ARNs in a provider's `assumeRoles`, which Pulumi sends as JSON. What is secret or not known yet is shown as it stands.
 */
export function assumedRoles(assumeRoles: unknown): readonly string[] {
  const text = String(assumeRoles);
  if (!text.startsWith("[{")) return [text];
  const roles = JSON.parse(text) as readonly { readonly roleArn: unknown }[];
  return roles.map(({ roleArn }) => String(roleArn));
}
