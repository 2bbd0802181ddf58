import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { type AwsClients, awsClients } from "../aws/clients";
import { lookups } from "./functions";
import { type Properties, isSame, text, unknownMark } from "./properties";
import type { WaitOptions, ResourceKind } from "./resource-kind";
import { resourceKinds } from "./resource-kinds";

/** A resource as Pulumi names it. */
export interface Named {
  readonly urn: string;
}

export interface Difference {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
}

export interface CreatedResource {
  readonly id: string;
  readonly state: Properties;
}

/** Settings that say nothing about where and what. */
const settingsIgnored = [
  "region",
  "assumeRoles",
  "version",
  "profile",
  "skipCredentialsValidation",
  "skipRegionValidation",
];

/** The engine passes lists of the configuration as JSON. */
function rolesOf({ assumeRoles }: Properties): readonly { readonly roleArn: string }[] {
  const roles: unknown = typeof assumeRoles === "string" ? JSON.parse(assumeRoles) : assumeRoles;
  return (roles ?? []) as readonly { readonly roleArn: string }[];
}

/** The part of the AWS provider that a mesh uses. What it does not know fails, so that nobody takes it for tested. */
export class AwsProvider {
  private region: string | undefined;
  private kinds: Readonly<Record<string, ResourceKind>> = {};
  private cancelled = false;

  /** Speaks with the access key of its environment, as the real provider does. */
  public constructor(
    private readonly endpoint: string,
    private accessKey: string | undefined,
  ) {}

  public async configure(settings: Properties): Promise<void> {
    const unknown = Object.keys(settings).filter((key) => !settingsIgnored.includes(key));
    if (unknown.length > 0) throw new Error(`provider settings ${unknown.join(", ")} are not modelled`);
    const region = text(settings, "region") ?? process.env["AWS_REGION"];
    if (region === undefined) throw new Error("Missing region configuration: set aws:region or AWS_REGION");
    this.region = region;
    for (const { roleArn } of rolesOf(settings)) await this.assume(roleArn, region);
    this.kinds = resourceKinds(this.clients(region));
  }

  /** Goes on with the credentials of the role. */
  private async assume(RoleArn: string, region: string): Promise<void> {
    const request = new AssumeRoleCommand({ RoleArn, RoleSessionName: "pulumi" });
    const { Credentials } = await this.clients(region).sts.send(request);
    this.accessKey = Credentials?.AccessKeyId;
  }

  public models(type: string): boolean {
    return this.kinds[type] !== undefined;
  }

  public cancel(): void {
    this.cancelled = true;
  }

  public async invoke(token: string, asked: Properties): Promise<Properties> {
    const lookup = lookups[token];
    if (lookup === undefined) throw new Error(`function ${token} is not modelled`);
    const region = String(this.region);
    return lookup(this.clients(region), asked, region);
  }

  private clients(region: string): AwsClients {
    return awsClients({ endpoint: this.endpoint, region, accessKey: this.accessKey });
  }

  public check({ urn }: Named, inputs: Properties, previous: Properties): Properties {
    const kind = this.kindOf(urn);
    return kind.check === undefined ? inputs : kind.check(inputs, previous, nameOf(urn));
  }

  public diff({ urn }: Named, previous: Properties, inputs: Properties): Difference {
    const keys = new Set([...Object.keys(previous), ...Object.keys(inputs)]);
    const changed = [...keys].filter((key) => !key.startsWith("__") && !isSame(previous[key], inputs[key]));
    return { changed, replaces: changed.filter((key) => this.kindOf(urn).replaceOn.includes(key)) };
  }

  /** What a resource will be like: what AWS decides is not known yet. */
  public foresee({ urn }: Named, inputs: Properties): Properties {
    const unknowns = this.kindOf(urn).computed.map((key) => [key, unknownMark] as const);
    return { ...Object.fromEntries(unknowns), ...inputs };
  }

  public async create({ urn }: Named, inputs: Properties, seconds: number): Promise<CreatedResource> {
    const kind = this.kindOf(urn);
    const id = await kind.create(inputs, this.waitOptions(seconds));
    return { id, state: { ...inputs, ...(await kind.read(id, inputs)) } };
  }

  public async read({ urn, id }: Named & { readonly id: string }, given: Properties): Promise<Properties | undefined> {
    return this.kindOf(urn).read(id, given);
  }

  public async update(
    { urn, id }: Named & { readonly id: string },
    previous: Properties,
    inputs: Properties,
  ): Promise<Properties> {
    const kind = this.kindOf(urn);
    await kind.update(id, previous, inputs);
    return { ...inputs, ...(await kind.read(id, inputs)) };
  }

  public async remove({ urn, id }: Named & { readonly id: string }, state: Properties, seconds: number): Promise<void> {
    await this.kindOf(urn).remove(id, state, this.waitOptions(seconds));
  }

  private kindOf(urn: string): ResourceKind {
    const [, , types = ""] = urn.split("::");
    const type = types.split("$").slice(-1).join("");
    const kind = this.kinds[type];
    if (kind === undefined) throw new Error(`resource type ${type} is not modelled`);
    return kind;
  }

  /** Pulumi says zero where the user has said nothing. */
  private waitOptions(seconds: number): WaitOptions {
    return { seconds: seconds === 0 ? undefined : seconds, isCancelled: () => this.cancelled };
  }
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
