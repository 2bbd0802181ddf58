import type { AnnotatedObject } from "../annotations-check";

/**
 * Why the controller never reads an annotation about the rules of an Ingress: it looks for `actions.<name>` only where a
 * backend with the port `use-annotation` has that name, and for `conditions.` and `transforms.` by the Service of a rule.
 *
 * Source: https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/ingress/enhanced_backend_builder.go,
 * …/model_build_listener.go, `buildListenerDefaultActions`
 */
export function unreadOfRules(suffix: string, { service, hasRules }: AnnotatedObject): string | undefined {
  const found = /^(actions|conditions|transforms)\.(.+)$/.exec(suffix);
  if (found === null) return undefined;
  const [, kind, name] = found;
  if (kind === "actions") return unreadAction(name);
  if (!hasRules) return `remove it, or set hostnames: without them the ALB has no rule that could have ${String(kind)}`;
  return name === service ? undefined : `write "${String(kind)}.${service}": the rules lead to this Service`;
}

function unreadAction(name: string | undefined): string {
  const member = name === "ssl-redirect" ? "tls.redirectHttp" : "routes";
  return `remove it and use ${member}: no backend of the Ingress, which the mesh writes, names an action`;
}
