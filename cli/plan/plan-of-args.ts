import * as pulumi from "@pulumi/pulumi";
import type { IstioMeshArgs } from "../../components";
import { answerWith, checkFacts, exampleFacts } from "./example-facts";
import { plainPlan } from "../formats/json";
import { InputError } from "../input-error";
import { planMesh } from "./plan";

/** Options of `planOf`. */
export interface PlanOptions {
  /**
   * Name of the component in the program: the logical names of its resources begin with it.
   *
   * @defaultValue `"mesh"`
   */
  readonly name?: string;
  /** Values of the real account. */
  readonly facts?: PlanFacts;
}

/**
 * Values of the real account that a plan shows in place of examples. A plan never asks AWS.
 *
 * @example `{ region: "eu-central-1", vpcId: "vpc-0123456789abcdef0" }`
 */
export interface PlanFacts {
  /**
   * AWS region. Certificates and web ACLs are checked against it.
   *
   * @defaultValue an example, and nothing is checked against it
   */
  readonly region?: string;
  /** VPC of the cluster. */
  readonly vpcId?: string;
  /** Primary IPv4 range of the VPC. */
  readonly vpcCidr?: string;
  /** Secondary IPv4 ranges of the VPC. */
  readonly vpcSecondaryCidrs?: readonly string[];
  /** First IPv6 range of the VPC. */
  readonly vpcIpv6Cidr?: string;
  /** Further IPv6 ranges of the VPC. @example `["2001:db8:1234:1b00::/56"]` */
  readonly vpcSecondaryIpv6Cidrs?: readonly string[];
  /** Cluster security group. */
  readonly securityGroupId?: string;
  /** Addresses of pods and Services: `ipv4` or `ipv6`. */
  readonly ipFamily?: string;
  /** Endpoint of the Kubernetes API server. */
  readonly endpoint?: string;
  /** Ids of Route 53 hosted zones by name. */
  readonly zones?: Readonly<Record<string, string>>;
  /** ARNs of ACM certificates by domain. */
  readonly certificates?: Readonly<Record<string, string>>;
  /** Canonical hosted zones of load balancers: `network`, `application`. */
  readonly loadBalancerZones?: Readonly<Record<string, string>>;
}

/** A resource of a plan. */
export interface PlannedResource {
  /** Logical name, as in `pulumi preview`. */
  readonly name: string;
  /** Pulumi's type token, such as `kubernetes:helm.sh/v3:Release`. */
  readonly type: string;
  /** Logical name of the parent; `null` for the component itself. */
  readonly parent: string | null;
  /** Logical names of the direct dependencies. */
  readonly dependsOn: readonly string[];
  /** Inputs; `[secret]` and `[unknown]` stand for what is secret or known only after creation. */
  readonly inputs: unknown;
  /** Resource options that are set. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A plan: plain data, the same as `istio-eks plan --format json` prints. */
export interface MeshPlan {
  /** All resources in an order in which they can be created. */
  readonly resources: readonly PlannedResource[];
  /** Outputs of the component. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Warnings that `pulumi up` would print. */
  readonly warnings: readonly string[];
}

/** Plans replace Pulumi's runtime in this process, so that there is one at a time. */
let last: Promise<unknown> = Promise.resolve();

/** Plans the mesh of a program. */
export function planOfArgs(args: IstioMeshArgs, options: PlanOptions): Promise<MeshPlan> {
  const planned = last.then(() => plan(args, options));
  last = planned.catch(() => undefined);
  return planned;
}

async function plan(args: IstioMeshArgs, { name, facts = {} }: PlanOptions): Promise<MeshPlan> {
  refuseEngine();
  checkFacts("the facts of planOf", facts);
  const answer = answerWith(exampleFacts(facts));
  return plainPlan(
    await planMesh(withoutOutputs(args), answer, {
      ...{ region: facts.region, stackRegion: facts.region },
      ...{ name, unknownArguments: true },
    }),
  );
}

function refuseEngine(): void {
  if (pulumi.runtime.getEngine() === undefined) return;
  throw new InputError(
    "planOf cannot run in a program that pulumi runs: it replaces Pulumi's runtime.\n\n" +
      "  to do    call it in a script of its own or in a test; here, pulumi preview shows the plan",
  );
}

/** The arguments with an unknown value in place of each Output and Promise. Resources, such as `eksCluster`, stay. */
function withoutOutputs(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return pulumi.output(pulumi.unknown);
  if (Array.isArray(value)) return value.map(withoutOutputs);
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutOutputs(member)]));
}
