import { createRequire } from "node:module";
import { inCache } from "../../build/cache";
import { type Authorization, accountId } from "./authorization";
import type { Principal } from "./principal";

/** As much of `@cloud-copilot/iam-simulate` as is called here; its own types are not part of this repository. */
interface Simulator {
  runSimulation(
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
  ): Promise<{ readonly resultType: string; readonly overallResult?: string; readonly errors?: unknown }>;
}

let loaded: Simulator | undefined;

/** The evaluator of policies is a part of the live tier, as moto is: see components/decisions/0018. */
function simulator(): Simulator {
  loaded ??= createRequire(inCache("iam-simulate", "package.json"))("@cloud-copilot/iam-simulate") as Simulator;
  return loaded;
}

const decided = new Map<string, Promise<boolean>>();

/** Whether the policies of this principal allow what is asked. The same question gets the same answer at once. */
export async function isAllowed(principal: Principal, authorization: Authorization): Promise<boolean> {
  const key = JSON.stringify([principal, authorization]);
  const known = decided.get(key) ?? evaluate(principal, authorization);
  decided.set(key, known);
  return known;
}

/** @throws Error if the question itself is wrong, such as an action that IAM does not know. */
async function evaluate({ arn, tags, policies }: Principal, asked: Authorization): Promise<boolean> {
  const { action, resource, keys } = asked;
  const own = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
  const result = await simulator().runSimulation(
    {
      request: { principal: arn, action, resource: { resource, accountId }, contextVariables: { ...own, ...keys } },
      identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: undefined,
    },
    {},
  );
  if (result.overallResult === undefined) {
    throw new Error(`IAM cannot be asked for ${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === "Allowed";
}
