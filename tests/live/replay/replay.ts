import type { Lookup } from "../../../cli/formats/iam";
import { policyText } from "../../../cli/formats/iam";
import { formerNames } from "../../../cli/against/plan-changes";
import { type Node, wavesOf } from "../../../cli/plan/graph";
import { type Plan, planMesh } from "../../../cli/plan/plan";
import type { AwsTrial } from "../aws-trial";
import { AwsProvider } from "../aws-provider/provider";
import type { Properties } from "../aws-provider/properties";
import { accountAnswers } from "../expected/account-answers";
import { type Known, type ExpectedResource, fill } from "../expected/expected-plan";
import { region } from "../test-env/aws";
import { annotatedBalancer } from "./annotated-balancer";
import { Controllers } from "./controllers";
import { hostedZones } from "./real-ids";

interface Planned {
  readonly plan: Plan;
  readonly lookups: readonly Lookup[];
}

/** What the replay of a plan has made, so that it can be changed and removed. */
export interface Replayed {
  readonly plan: Plan;
  /** Makes another plan of what is there, in the order in which Pulumi does: what goes is removed last. */
  change(mesh: unknown): Promise<void>;
  remove(): Promise<void>;
}

let runs = 0;

/**
 * Makes in AWS what a mesh would make, in the order of its plan: look-ups and resources with the rights of
 * `istio-eks plan --format iam`, load balancers as their controller would by the annotations. No cluster is needed, and a
 * mesh takes a second or two.
 */
export async function replay(trial: AwsTrial, mesh: unknown): Promise<Replayed> {
  const accessKey = `AKIAREPLAY${++runs}`;
  const provider = new AwsProvider(trial.endpoint, accessKey);
  await provider.configure({ region });
  const created = new ResourceRegistry(provider, new Controllers(trial, trial.account.clusterName));
  const make = async (given: unknown): Promise<Plan> => {
    const { plan, lookups } = await planned(trial, given);
    const policy = JSON.parse(policyText(plan.resources, { lookups, region })) as object;
    trial.proxy.principals.attach(accessKey, "arn:aws:iam::123456789012:role/deployer", policy);
    const asked = lookups.filter(({ token }) => !leftOut.some((prefix) => token.startsWith(prefix)));
    for (const { token, inputs } of asked) await lookUp(provider, token, inputs);
    await created.make(plan.resources).catch(async (error: unknown) => {
      await created.abandon();
      throw error;
    });
    return plan;
  };
  return {
    plan: await make(mesh),
    change: async (other) => {
      await make(other);
    },
    remove: async () => created.remove(),
  };
}

/** Plans twice if hosted zones are asked for that the account does not have yet. */
async function planned(trial: AwsTrial, mesh: unknown): Promise<Planned> {
  const first = await planOnce(trial, mesh, trial.account.zones);
  const names = first.lookups.flatMap(({ token, inputs }) =>
    token.endsWith(":getZone") ? [String(inputs["name"])] : [],
  );
  const isKnown = names.every((name) => name in trial.account.zones);
  return isKnown ? first : planOnce(trial, mesh, await hostedZones(trial, names));
}

async function planOnce(trial: AwsTrial, mesh: unknown, zones: Readonly<Record<string, string>>): Promise<Planned> {
  const lookups: Lookup[] = [];
  const answer = accountAnswers({ ...trial.account, zones }, "https://127.0.0.1:6443");
  const plan = await planMesh(mesh, (token, inputs) => {
    const answered = answer(token, inputs);
    lookups.push({ token, inputs, answer: answered });
    return answered;
  });
  return { plan, lookups };
}

/** Only what IAM says counts: what the example clusters and certificates are, the plan knows already. */
async function lookUp(provider: AwsProvider, token: string, inputs: Properties): Promise<void> {
  await provider.invoke(token, inputs).catch((error: unknown) => {
    if (error instanceof Error && /not authorized|Unauthorized|not modelled/.test(error.message)) throw error;
  });
}

interface Step {
  readonly name: string;
  readonly urn: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** Types and look-ups of AWS' that the stand-in does not model, and a replay leaves out; another one is a mistake. */
const leftOut = ["aws:iam/", "aws:eks/", "aws:wafv2/", "aws:acmpca/"];

type PlannedResource = ExpectedResource & Pick<Node, "options">;

function urnOf(type: string, name: string): string {
  return `urn:pulumi:replay::istio-mesh::${type}::${name}`;
}

/** The engine's part: what there is by name, and what has to be done for a plan. */
class ResourceRegistry {
  private readonly known = new Map<string, Known>();
  private steps: readonly Step[] = [];
  private nodePort = 30_000;

  public constructor(
    private readonly provider: AwsProvider,
    private readonly controllers: Controllers,
  ) {}

  /** Wave by wave, as the engine does. */
  public async make(plan: readonly Node[]): Promise<void> {
    const before = this.steps;
    const kept: Step[] = [];
    const resources = plan as readonly PlannedResource[];
    for (const wave of wavesOf(plan) as readonly (readonly PlannedResource[])[]) {
      const inAws = wave.filter(({ type }) => this.provider.models(type));
      kept.push(...(await Promise.all(inAws.map(async (resource) => this.makeInAws(this.filled(resource), before)))));
      for (const { name, id, state } of kept) this.known.set(name, { id, outputs: state });
      // One after the other: Ingresses of one group share a load balancer.
      for (const resource of wave) {
        if (inAws.includes(resource) || leftOut.some((prefix) => resource.type.startsWith(prefix))) continue;
        const outputs = await this.kubernetesOutputs(this.filled(resource), resources);
        this.known.set(resource.name, { outputs });
      }
    }
    this.steps = kept;
    await this.removeSteps(before.filter(({ id }) => !kept.some((step) => step.id === id)));
  }

  /** After a failure the load balancers go, so that the next plan finds their names free. */
  public async abandon(): Promise<void> {
    await this.controllers.removeAll();
  }

  public async remove(): Promise<void> {
    await this.controllers.removeAll();
    await this.removeSteps(this.steps);
  }

  private filled(resource: PlannedResource): PlannedResource {
    return { ...resource, inputs: fill(resource.inputs, this.known) as Properties };
  }

  /** Rules go side by side, and everything else after what was made later. */
  private async removeSteps(steps: readonly Step[]): Promise<void> {
    const isRule = ({ urn }: Step) => urn.includes("Rule::");
    const remove = async ({ urn, id, state }: Step) => this.provider.remove({ urn, id }, state, 20);
    await Promise.all(steps.filter(isRule).map(remove));
    for (const step of steps.filter((one) => !isRule(one)).reverse()) await remove(step);
  }

  private async makeInAws(resource: PlannedResource, before: readonly Step[]): Promise<Step> {
    const { name, type, inputs } = resource;
    const urn = urnOf(type, name);
    const there = [name, ...formerNames(resource)]
      .map((one) => before.find((step) => step.urn === urnOf(type, one)))
      .find((step) => step !== undefined);
    const checked = this.provider.check({ urn }, inputs, there?.inputs ?? {});
    const { changed, replaces } = this.provider.diff({ urn }, there?.inputs ?? {}, checked);
    if (there === undefined || replaces.length > 0) {
      return { name, urn, inputs: checked, ...(await this.provider.create({ urn }, checked, 30)) };
    }
    if (changed.length === 0) return { ...there, name, urn };
    return {
      ...{ ...there, name, urn },
      inputs: checked,
      state: await this.provider.update({ urn, id: there.id }, there.inputs, checked),
    };
  }

  /** What the cluster adds to an object: node ports, and the hostname of a load balancer. */
  private async kubernetesOutputs(resource: ExpectedResource, plan: readonly ExpectedResource[]): Promise<Properties> {
    const { inputs, type } = resource;
    if (type.startsWith("aws:")) throw new Error(`resource type ${type} is not modelled`);
    const { ports, ...spec } = (inputs["spec"] ?? {}) as { readonly ports?: readonly Properties[] };
    const numbered = ports?.map((port) => ({ nodePort: ++this.nodePort, ...port }));
    const withPorts = numbered === undefined ? inputs : { ...inputs, spec: { ...spec, ports: numbered } };
    const balancer = annotatedBalancer(resource, plan);
    if (balancer === undefined) return withPorts;
    const hostname = await this.controllers.make(balancer);
    return { ...withPorts, status: { loadBalancer: { ingress: [{ hostname }] } } };
  }
}
