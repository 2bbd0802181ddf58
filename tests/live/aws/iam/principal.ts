/** Somebody who calls AWS. */
export interface Principal {
  readonly arn: string;
  /** Tags of its role, which policies refer to as `aws:PrincipalTag`. */
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly object[];
  /** It has no access entry of the cluster. */
  readonly noClusterAccess?: true;
}

/** The access keys of the parts of a test environment that call AWS. Secret keys are all the same: nobody checks a signature. */
export const accessKeys = {
  /** The tests themselves, and people at a shell: they may do everything. */
  administrator: "live",
  loadBalancerController: "AKIALIVECONTROLLER",
} as const;

/** Callers by their access key. A key that is not here has no policy and is refused. */
export class Principals {
  private readonly known = new Map<string, Principal | "administrator">([[accessKeys.administrator, "administrator"]]);

  public set(accessKey: string, principal: Principal | "administrator"): void {
    this.known.set(accessKey, principal);
  }

  /** Gives a principal one policy more: what it may do grows with each configuration of its stack. */
  public attach(accessKey: string, arn: string, policy: object): void {
    const there = this.known.get(accessKey);
    if (there === "administrator") return;
    this.known.set(accessKey, { arn, tags: {}, policies: [...(there?.policies ?? []), policy] });
  }

  /** The keys in STS' answer to AssumeRole: what a role of the user may do is the user's affair. */
  public assume(answer: string): void {
    const accessKey = /<AccessKeyId>([^<]+)</.exec(answer)?.[1];
    if (accessKey !== undefined) this.known.set(accessKey, "administrator");
  }

  public hasClusterAccess(accessKey: string): boolean {
    const principal = this.known.get(accessKey);
    return principal !== undefined && (principal === "administrator" || principal.noClusterAccess === undefined);
  }

  public of(accessKey: string): Principal | "administrator" | undefined {
    return this.known.get(accessKey);
  }
}
