import { closest } from "../../inputs/closest";
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
  /** Suffixes of annotations that the controller does not read on this object, and what does what they are written for. */
  readonly unread: readonly { readonly suffix: RegExp; readonly suggestion: string }[];
  /** Whole annotations with which Kubernetes refuses the object, and what decides the same. */
  readonly refused: Readonly<Record<string, string>>;
  /** Suffix of the annotation with the load balancer's tags. */
  readonly tags: string;
}

/** Extra annotations may be anything but a slip of the finger, one the mesh owns, or one the controller cannot read. */
export function checkAnnotations(
  annotations: Readonly<Record<string, string>>,
  rules: AnnotationRules,
  { path, controller }: { readonly path: string; readonly controller: LoadBalancerController },
): readonly Problem[] {
  return Object.entries(annotations).flatMap(([key, given]) => {
    const complaint = key.startsWith(rules.prefix)
      ? check(key.slice(rules.prefix.length), rules, controller)
      : checkRefused(key, rules);
    return complaint === undefined
      ? []
      : [problem(`${path}.annotations[${JSON.stringify(key)}]`, { given, ...complaint })];
  });
}

function checkRefused(key: string, { refused }: AnnotationRules) {
  if (!Object.hasOwn(refused, key)) return undefined;
  const suggestion = `remove it: ${String(refused[key])}`;
  return { allowed: "annotations with which Kubernetes takes the object", suggestion };
}

function check(suffix: string, rules: AnnotationRules, controller: LoadBalancerController) {
  const autoMode = controller === LoadBalancerController.EksAutoMode;
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
  if (autoMode && (autoModeUnsupported.includes(suffix) || autoModeUnsupportedPattern.test(suffix))) {
    return {
      allowed: "annotations that EKS Auto Mode reads",
      suggestion: "remove it: EKS Auto Mode does not support it",
    };
  }
  const unread = rules.unread.find((one) => one.suffix.test(suffix));
  if (unread === undefined && (rules.known.includes(suffix) || rules.pattern.test(suffix))) return undefined;
  return {
    allowed: "annotations that the load balancer controller reads; it silently ignores others",
    suggestion: unread === undefined ? spelling(suffix, rules) : unread.suggestion,
  };
}

function spelling(suffix: string, { known, prefix }: AnnotationRules): string {
  const near = closest(suffix, known);
  return near === undefined ? "remove it: the controller does not know it" : `did you mean "${prefix}${near}"?`;
}
