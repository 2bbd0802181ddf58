import { createRequire } from "node:module";
import { inCache } from "../../build/cache";
import { type Authorization, accountId } from "./authorization";
import type { Principal } from "./principal";

/** As much of `@cloud-copilot/iam-simulate` as is called here; its own types are not part of this repository. */
interface Simulator {
  runUnsafeSimulation(
    simulation: {
      readonly request: {
        readonly principal: string;
        readonly action: string;
        readonly resource: { readonly resource: string; readonly accountId: string };
        readonly contextVariables: Readonly<Record<string, string | readonly string[]>>;
      };
      readonly identityPolicies: readonly { readonly name: string; readonly policy: object }[];
      readonly serviceControlPolicies: readonly never[];
      readonly resourceControlPolicies: readonly never[];
      readonly resourcePolicy: undefined;
    },
    options: object,
  ): string;
}

let loaded: Simulator | undefined;

/** The evaluator of policies is a part of the live tier, as moto is: see components/decisions/0019. */
function simulator(): Simulator {
  loaded ??= createRequire(inCache("iam-simulate", "package.json"))("@cloud-copilot/iam-simulate") as Simulator;
  return loaded;
}

/** Whether the policies of this principal allow what is asked. The same question gets the same answer at once. */
export function isAllowed(principal: Principal, authorization: Authorization): boolean {
  const key = JSON.stringify([principal, authorization]);
  const known = decided.get(key) ?? evaluate(principal, authorization);
  decided.set(key, known);
  return known;
}

const decided = new Map<string, boolean>();

/**
 * The library's other function checks the question too, but by a table that knows only the classic load balancers where
 * Elastic Load Balancing has an action twice (AddTags).
 */
function evaluate({ arn, tags, policies }: Principal, { action, resource, keys }: Authorization): boolean {
  const own = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
  const result = simulator().runUnsafeSimulation(
    {
      request: {
        principal: arn,
        action,
        // What does not exist yet has no id; IAM compares a text all the same.
        resource: { resource: resource.replace(/(.)\*$/, "$1new"), accountId },
        contextVariables: { ...own, ...keys },
      },
      identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: undefined,
    },
    {},
  );
  return result === "Allowed";
}
