import type { StackValidationPolicy } from "@pulumi/policy";
import { istioRelease } from "./istio-release";
import { hasMember, memberAt, objectName, textAt } from "./members";
import { stackOf } from "./urn";
import { type Violation, violationText } from "./violation";

export interface StrictMtlsConfig {
  readonly productionStacks: string;
  readonly exceptions: readonly string[];
}

const peerAuthentication = /^kubernetes:security\.istio\.io\/v1(beta1)?:PeerAuthentication$/;

/** Whether a stack is production, by its name. */
export function isProduction(stack: string, { productionStacks }: StrictMtlsConfig): boolean {
  return new RegExp(productionStacks).test(stack);
}

/** Checks one PeerAuthentication: whether it takes plaintext anywhere. */
export function takesPlaintext(props: unknown, { exceptions }: StrictMtlsConfig): Violation | undefined {
  const name = objectName(props);
  const [namespace] = name.split("/");
  if (exceptions.includes(name) || exceptions.includes(String(namespace))) return undefined;
  const ports = memberAt(props, ["spec", "portLevelMtls"]);
  const places = [
    ...(isOpen(textAt(props, ["spec", "mtls", "mode"])) ? ["everywhere"] : []),
    ...Object.keys(typeof ports === "object" && ports !== null ? ports : {}).flatMap((port) =>
      isOpen(textAt(ports, [port, "mode"])) ? [`on port ${port}`] : [],
    ),
  ];
  if (places.length === 0) return undefined;
  return {
    what: `The PeerAuthentication ${name} takes plaintext ${places.join(", ")} in a production stack.`,
    allowed: "STRICT",
    suggestion: `remove the exception (mtls or plaintextPorts of the namespace), or add "${name}" to exceptions of this policy`,
  };
}

function isOpen(mode: string): boolean {
  return mode === "PERMISSIVE" || mode === "DISABLE";
}

/** The PeerAuthentication that makes a whole mesh strict: in the root namespace, for all pods. */
export function makesStrict(props: unknown, rootNamespace: string): boolean {
  return (
    textAt(props, ["metadata", "namespace"]) === rootNamespace &&
    !hasMember(props, ["spec", "selector"]) &&
    textAt(props, ["spec", "mtls", "mode"]) === "STRICT"
  );
}

function notStrict(rootNamespace: string): Violation {
  return {
    what: `The mesh of ${rootNamespace} takes plaintext in a production stack: no PeerAuthentication makes it strict.`,
    allowed: `a PeerAuthentication in ${rootNamespace}, without selector, with mode STRICT`,
    suggestion: 'write security: { mtls: "strict" }; docs/security.md says what that breaks, and how to get there',
  };
}

export const strictMtls: StackValidationPolicy = {
  name: "istio-mtls-strict-in-production",
  description: "In production stacks every mesh refuses plaintext, but for the exceptions that are named.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: 'Write security: { mtls: "strict" }.',
  configSchema: {
    properties: {
      productionStacks: {
        type: "string",
        default: "(^|[-_./])(prod|production)($|[-_./])",
        description: "Regular expression that the names of production stacks match.",
      },
      exceptions: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Namespaces, or single PeerAuthentications as namespace/name, that may take plaintext.",
      },
    },
  },
  validateStack: (stack, report) => {
    const { resources } = stack;
    const config = stack.getConfig<StrictMtlsConfig>();
    const production = resources.filter(({ urn }) => isProduction(stackOf(urn), config));
    const authentications = production.filter(({ type }) => peerAuthentication.test(type));
    for (const { props, urn } of authentications) {
      const violation = takesPlaintext(props, config);
      if (violation !== undefined) report(violationText(violation), urn);
    }
    const roots = new Map(
      production.flatMap((resource) => {
        const release = istioRelease(resource);
        return release?.chart === "istiod" ? [[release.namespace, resource.urn] as const] : [];
      }),
    );
    for (const [root, urn] of roots) {
      if (!authentications.some(({ props }) => makesStrict(props, root))) report(violationText(notStrict(root)), urn);
    }
  },
};
