import { closest } from "../../inputs/suggestions/closest";
import { problem } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import { LoadBalancerController } from "../../plan/enums";
import { autoModeUnsupported, autoModeUnsupportedPattern } from "./load-balancer-controller";

/** The annotations that one kind of object may carry. */
export interface AnnotationRules {
  readonly prefix: string;
  readonly known: readonly string[];
  readonly pattern: RegExp;
  /** Suffix of each annotation that a member of the arguments decides, and that member. */
  readonly owned: Readonly<Record<string, string>>;
  /** Suffix of each annotation that the controller reads, and that cannot work here, and why. */
  readonly impossible: Readonly<Record<string, string>>;
  /** Why the controller never reads a known annotation with this suffix here; undefined: it does. */
  readonly unread: (suffix: string, object: AnnotatedObject) => string | undefined;
  /** Suffix of the annotation with the load balancer's tags. */
  readonly tags: string;
}

/** What decides whether the controller reads an annotation that names a part of the object. */
export interface AnnotatedObject {
  /** The Service to which all rules lead. */
  readonly service: string;
  /** Whether the object has rules: without hostnames an Ingress has a default backend only. */
  readonly hasRules: boolean;
  /** The listeners of its load balancer, such as `HTTPS-443`. */
  readonly listeners: readonly string[];
}

export interface AnnotationsContext extends AnnotatedObject {
  readonly path: string;
  readonly controller: LoadBalancerController;
}

/** Extra annotations may be anything but a misspelt one, one the mesh owns, or one the controller cannot read. */
export function checkAnnotations(
  annotations: Readonly<Record<string, string>>,
  rules: AnnotationRules,
  context: AnnotationsContext,
): readonly Problem[] {
  return Object.entries(annotations).flatMap(([key, given]) => {
    if (!key.startsWith(rules.prefix)) return [];
    const suffix = key.slice(rules.prefix.length);
    const complaint = check(suffix, rules, context);
    return complaint === undefined
      ? []
      : [problem(`${context.path}.annotations[${JSON.stringify(key)}]`, { given, ...complaint })];
  });
}

function check(suffix: string, rules: AnnotationRules, context: AnnotationsContext) {
  const autoMode = context.controller === LoadBalancerController.EksAutoMode;
  // With EKS Auto Mode `tags` are left off, so that only the user can write them there (auto-mode-tags.ts).
  if (autoMode && suffix === rules.tags) return undefined;
  if (Object.hasOwn(rules.owned, suffix)) {
    const suggestion = `remove it and use ${String(rules.owned[suffix])}`;
    return { allowed: "annotations that no other member decides", suggestion };
  }
  if (Object.hasOwn(rules.impossible, suffix)) {
    return {
      allowed: "annotations that fit the gateway",
      suggestion: `remove it: ${String(rules.impossible[suffix])}`,
    };
  }
  const unread = rules.unread(suffix, context);
  if (unread !== undefined) {
    return { allowed: "annotations that the load balancer controller reads here", suggestion: unread };
  }
  if (autoMode && (autoModeUnsupported.includes(suffix) || autoModeUnsupportedPattern.test(suffix))) {
    return {
      allowed: "annotations that EKS Auto Mode reads",
      suggestion: "remove it: EKS Auto Mode does not support it",
    };
  }
  if (rules.known.includes(suffix)) return undefined;
  if (rules.pattern.test(suffix)) return checkListener(suffix, context);
  const near = closest(suffix, rules.known);
  return {
    allowed: "annotations that the load balancer controller reads; it silently ignores others",
    suggestion:
      near === undefined ? "remove it: the controller does not know it" : `did you mean "${rules.prefix}${near}"?`,
  };
}

/** An annotation may name a listener, or its port, that the load balancer has; the controller silently ignores others. */
function checkListener(suffix: string, { listeners }: AnnotatedObject) {
  const found = /\.[A-Z_]+-\d+$|-attributes\.\d+$/.exec(suffix);
  if (found === null) return undefined;
  const [, named] = found[0].split(".");
  if (listeners.some((name) => name === named || name.endsWith(`-${String(named)}`))) return undefined;
  return {
    allowed: `a listener of this load balancer: ${listeners.join(", ")}`,
    suggestion: "name one of these, or remove it",
  };
}
