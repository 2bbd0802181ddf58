import { planMesh } from "../../../cli/plan/plan";
import { meshIn } from "../engine/config-file";
import type { Stack } from "../engine/stack";
import { type TestEnv, region } from "../test-env/test-env";
import { accountAnswers } from "./account-answers";

type Members = Readonly<Record<string, unknown>>;

/** A resource that the plan has, with what was only known later put in from the stack's state. */
export interface ExpectedResource {
  readonly name: string;
  readonly type: string;
  readonly inputs: Members;
}

/** What is known of a resource that was made. */
export interface Known {
  readonly id?: string;
  readonly outputs?: Members;
}

interface StateResource extends Known {
  readonly urn: string;
}

/** What `istio-eks plan` says of the stack's configuration, with the real ids of this test environment. */
export async function expectedPlan(testEnv: TestEnv, stack: Stack): Promise<readonly ExpectedResource[]> {
  const { account, cluster } = testEnv;
  const plan = await planMesh(meshIn(stack.configFile), accountAnswers(account, cluster.access.server), {
    ...{ region, stackRegion: region },
  });
  const state = await stateOf(stack);
  return plan.resources.map(({ name, type, inputs }) => ({ name, type, inputs: fill(inputs, state) as Members }));
}

async function stateOf(stack: Stack): Promise<ReadonlyMap<string, Known>> {
  const { output } = await stack.run(["stack", "export"]);
  const { deployment } = JSON.parse(output) as { readonly deployment: { readonly resources?: StateResource[] } };
  return new Map((deployment.resources ?? []).map((one) => [one.urn.split("::").slice(3).join("::"), one]));
}

/** `<name.path>` stands for a property of a resource that was made. */
const placeholder = /<([^<>]+)>/g;

/** Puts what is known into the placeholders of a plan. */
export function fill(value: unknown, state: ReadonlyMap<string, Known>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => fill(one, state));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, state)]));
  }
  if (typeof value !== "string") return value;
  const whole = /^<([^<>]+)>$/.exec(value)?.[1];
  if (whole !== undefined) return lookUp(whole, state) ?? value;
  return value.replace(placeholder, (found, text: string) => String(lookUp(text, state) ?? found));
}

function lookUp(text: string, state: ReadonlyMap<string, Known>): unknown {
  // Names have dots too: the longest name that fits is the one.
  const names = [...state.keys()].filter((name) => text.startsWith(`${name}.`));
  const [name] = names.sort((one, other) => other.length - one.length);
  if (name === undefined) return undefined;
  const resource = state.get(name);
  const path = text.slice(name.length + 1);
  return path === "id" ? resource?.id : follow(resource?.outputs, path);
}

/** Follows `spec.ports[http2].nodePort`: in brackets stands an index, or the name of the member that is meant. */
function follow(from: unknown, path: string): unknown {
  const steps = path.match(/\[[^\]]+\]|[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>((value, step) => {
    if (!step.startsWith("[")) return (value as Members | undefined)?.[step];
    const key = step.slice(1, -1);
    const list = Array.isArray(value) ? (value as Members[]) : [];
    return /^\d+$/.test(key) ? list[Number(key)] : list.find((one) => one["name"] === key || one["domainName"] === key);
  }, from);
}
