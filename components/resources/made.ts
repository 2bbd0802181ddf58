import type * as pulumi from "@pulumi/pulumi";
import type { Planned } from "../plan/planned";

/** Everything of one mesh that was made so far, by its logical name. What comes after something finds it here. */
export class Made {
  private readonly resources = new Map<string, pulumi.Resource>();

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
  public options({ after }: Planned): pulumi.CustomResourceOptions {
    const dependsOn = after.map((name) => this.find(name));
    return { parent: this.parent, ...(dependsOn.length === 0 ? {} : { dependsOn }) };
  }

  /** Options of something in the cluster. */
  public optionsInCluster(plan: Planned): pulumi.CustomResourceOptions {
    return { ...this.options(plan), provider: this.kubernetes };
  }

  public add<Kind extends pulumi.Resource>(name: string, resource: Kind): Kind {
    this.resources.set(name, resource);
    return resource;
  }

  public names(): readonly string[] {
    return [...this.resources.keys()];
  }

  public find(name: string): pulumi.Resource {
    const resource = this.resources.get(name);
    if (resource === undefined)
      throw new Error(`istio-eks: "${name}" is needed before it is made; this is a mistake in istio-eks`);
    return resource;
  }
}
