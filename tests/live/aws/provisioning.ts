/**
 * The state of young load balancers. AWS takes minutes until one is active; moto none. The controller does not wait for
 * it, so that this only shows when traffic could flow.
 */
export class Provisioning {
  private readonly created = new Map<string, number>();

  public constructor(private readonly model: { readonly provisioningSeconds: number }) {}

  public remember(body: string): void {
    const arn = /<LoadBalancerArn>([^<]+)</.exec(body)?.[1];
    if (arn !== undefined && !this.created.has(arn)) this.created.set(arn, Date.now());
  }

  /** DescribeLoadBalancers' answer, in which the young ones are not active yet. */
  public correct(body: string): string {
    return body.replace(/<member>\s*<LoadBalancerArn>([^<]+)<[\s\S]*?<\/State>/g, (member, arn: string) =>
      this.isYoung(arn) ? member.replace(/<Code>active<\/Code>/, "<Code>provisioning</Code>") : member,
    );
  }

  private isYoung(arn: string): boolean {
    return Date.now() - (this.created.get(arn) ?? 0) < this.model.provisioningSeconds * 1000;
  }
}
