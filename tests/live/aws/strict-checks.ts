import type { AwsFault } from "./answer";
import type { Call, RawCall } from "./call";
import type { AwsClients } from "./clients";
import { AccessRefusal } from "./iam/access-refusal";
import type { Principals } from "./iam/principal";
import { modelRefusal } from "./model/model-refusal";
import { readRequest } from "./model/request";
import { acmRules } from "./rules/acm-rules";
import { ec2Rules } from "./rules/ec2-rules";
import { elbRules } from "./rules/elb-rules";
import { route53Rules } from "./rules/route53-rules";
import { type Rules, firstRefusal } from "./rules/rule";

const rules: Readonly<Record<string, Rules>> = {
  ec2: ec2Rules,
  elasticloadbalancing: elbRules,
  acm: acmRules,
  route53: route53Rules,
};

/** What AWS refuses and moto would do: what the service's model, the caller's policies or AWS' own rules do not allow. */
export class StrictChecks {
  private readonly access: AccessRefusal;

  public constructor(
    principals: Principals,
    private readonly moto: AwsClients,
  ) {
    this.access = new AccessRefusal(principals, moto);
  }

  public async refusal(raw: RawCall, call: Call): Promise<AwsFault | undefined> {
    const request = readRequest(raw, call);
    const early = (request === undefined ? undefined : modelRefusal(request)) ?? (await this.access.of(call, request));
    if (early !== undefined || request === undefined) return early;
    const own = rules[request.service];
    return own === undefined ? undefined : firstRefusal(own, request, this.moto);
  }
}
