import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { policies } from "../../policy/policies";
import type { Recorded } from "../../cli/plan/recording";

export type AnyPolicy = ResourceValidationPolicy | StackValidationPolicy;

/** How a pack is run: on which stack, and with which configuration of the policy. */
export interface Enforcement {
  readonly stack?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Something that a policy reported. */
export interface Reported {
  readonly policy: string;
  /** Name of the resource. */
  readonly resource: string;
  readonly message: string;
}

export function policyCalled(name: string): AnyPolicy {
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined) throw new Error(`the pack has no policy ${name}`);
  return policy;
}

/** The defaults of a policy's schema under what is configured, as Pulumi's engine does it. */
function configOf({ configSchema }: AnyPolicy, given: Enforcement["config"]): Readonly<Record<string, unknown>> {
  const properties = Object.entries(configSchema?.properties || {});
  const unmanaged = Object.keys(given || {}).filter((key) => !properties.some(([name]) => name === key));
  if (unmanaged.length > 0) throw new Error(`the policy has no ${unmanaged.join()}`);
  return { ...Object.fromEntries(properties.map(([name, schema]) => [name, schema.default])), ...given };
}

/** What a policy reports of resources that a program registered. */
export function reportedBy(
  policy: AnyPolicy,
  resources: readonly Recorded[],
  { stack = "dev", config }: Enforcement = {},
): readonly Reported[] {
  const found: Reported[] = [];
  const settings = configOf(policy, config);
  const all = resources.map((resource) => seen(resource, stack, () => settings));
  const report = (resource: string) => (message: string, urn?: string) => {
    const named = urn === undefined ? resource : urn.split("::").slice(3).join("::");
    found.push({ policy: policy.name, resource: named, message });
  };
  if ("validateStack" in policy) {
    const args = { resources: all, stackTags: new Map(), getConfig: () => settings };
    void policy.validateStack(args as never, report(""));
  } else if ("validateResource" in policy && typeof policy.validateResource === "function") {
    for (const args of all) void policy.validateResource(args as never, report(args.name));
  }
  return found;
}

/** A resource as policies see it. */
function seen({ name, type, parent, inputs }: Recorded, stack: string, getConfig: () => unknown) {
  const urn = (types: string, one: string) => `urn:pulumi:${stack}::istio-mesh::${types}::${one}`;
  const mesh = "istio-eks:index:IstioMesh";
  return {
    ...{ name, type, getConfig },
    urn: urn(parent === "mesh" ? `${mesh}$${type}` : type, name),
    props: inputs as Readonly<Record<string, unknown>>,
    opts: parent === null ? {} : { parent: urn(mesh, parent) },
  };
}

/** What all policies report, with their defaults. */
export function reportedByAll(resources: readonly Recorded[], enforcement: Enforcement = {}): readonly Reported[] {
  return policies.flatMap((policy) => reportedBy(policy, resources, enforcement));
}
