import * as pulumi from "@pulumi/pulumi";
import type { AnnotationValue } from "../plan/input-value";
import type { Planned } from "../plan/planned";
import { textOf } from "./interpolation";

/** Everything of one mesh that was made so far, by its logical name. What comes after something finds it here. */
export class ResourceRegistry {
  private readonly resources = new Map<string, pulumi.Resource>();
  /** Resources of which it is known later how many there are. */
  private readonly later = new Map<string, pulumi.Output<pulumi.Resource[]>>();

  public constructor(
    private readonly mesh: string,
    public readonly parent: pulumi.Resource,
    public readonly kubernetes: pulumi.ProviderResource,
  ) {}

  /** The logical name in Pulumi. */
  public nameOf(name: string): string {
    return `${this.mesh}-${name}`;
  }

  /** Options of a resource of AWS. */
  public options({
    name,
    after,
    createdAfter = [],
    formerNames = [],
    provider,
  }: Planned): pulumi.CustomResourceOptions {
    const dependsOn = [
      ...after.map((name) => this.dependency(name)),
      ...createdAfter.map((name) => registered(this.find(name))),
    ];
    const aliases = formerNames.map((former) => this.alias(former, name));
    return {
      parent: this.parent,
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(provider === undefined ? {} : { provider: this.find(provider) as pulumi.ProviderResource }),
    };
  }

  /** A former name that a preview does not know yet is one that no resource has: the name itself stands in for it. */
  private alias(former: AnnotationValue, name: string): pulumi.Alias {
    if (typeof former === "string") return { name: this.nameOf(former) };
    const text = pulumi.output(textOf(former));
    const known = pulumi.output(knownIn(text));
    return {
      name: known.apply((isKnown) =>
        isKnown ? text.apply((one) => this.nameOf(one)) : pulumi.output(this.nameOf(name)),
      ),
    };
  }

  /** Options of something in the cluster. */
  public optionsInCluster(plan: Planned): pulumi.CustomResourceOptions {
    return { ...this.options(plan), provider: this.kubernetes };
  }

  public add<Kind extends pulumi.Resource>(name: string, resource: Kind): Kind {
    this.resources.set(name, resource);
    return resource;
  }

  /** Adds resources under the name of their plan, for what comes after all of them. */
  public addLater(name: string, resources: pulumi.Output<pulumi.Resource[]>): void {
    this.later.set(name, resources);
  }

  public names(): readonly string[] {
    return [...this.resources.keys(), ...this.later.keys()];
  }

  /** Pulumi waits for a list in an Output too, although its types know only single resources there. */
  private dependency(name: string): pulumi.Input<pulumi.Resource> {
    const later = this.later.get(name);
    return later === undefined ? this.find(name) : (later as unknown as pulumi.Output<pulumi.Resource>);
  }

  public find(name: string): pulumi.Resource {
    const resource = this.resources.get(name);
    if (resource === undefined)
      throw new Error(`istio-eks: "${name}" is needed before it is made; this is a mistake in istio-eks`);
    return resource;
  }
}

/**
 * No resource, once this one is registered. A promise carries no dependencies, so that the engine creates in this order
 * and records none. The URN is known in previews too, which an id is not.
 */
function registered(resource: pulumi.Resource): pulumi.Input<pulumi.Resource> {
  const none = new Promise<pulumi.Resource[]>((resolve) => resource.urn.apply(() => resolve([])));
  return pulumi.output(none) as unknown as pulumi.Output<pulumi.Resource>;
}

/** Whether a preview knows the value. Pulumi's types lack it; an alias that is not known makes its SDK fail. */
function knownIn(value: pulumi.Output<string>): Promise<boolean> {
  return (value as unknown as { readonly isKnown: Promise<boolean> }).isKnown;
}
