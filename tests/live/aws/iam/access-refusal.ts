import { DescribeSecurityGroupsCommand, DescribeTagsCommand } from "@aws-sdk/client-ec2";
import { ListTagsForCertificateCommand } from "@aws-sdk/client-acm";
import { DescribeTagsCommand as DescribeBalancerTagsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsFault } from "../answer";
import type { Call } from "../call";
import type { AwsClients } from "../clients";
import type { AwsRequest } from "../model/request";
import { type Asked, type Authorization, tagMap } from "./authorization";
import { Ec2Authorizations } from "./ec2-authorizations";
import { elbAuthorizations } from "./elb-authorizations";
import { otherAuthorizations } from "./other-authorizations";
import type { Principals } from "./principal";
import { isAllowed } from "./simulator";

/** Refuses what the policies of the caller do not allow, as IAM does. */
export class AccessRefusal {
  private readonly ec2: Ec2Authorizations;

  public constructor(
    private readonly principals: Principals,
    private readonly moto: AwsClients,
  ) {
    this.ec2 = new Ec2Authorizations(
      async (id) => this.ec2Tags(id),
      async (group) => this.vpcOf(group),
    );
  }

  /** The request is undefined where its service has no model: then the name of the operation is all that is known. */
  public async of(call: Call, request: AwsRequest | undefined): Promise<AwsFault | undefined> {
    const principal = this.principals.of(call.accessKey);
    if (principal === "administrator" || call.service === "sts") return undefined;
    if (principal === undefined) return unknownKey(call);
    const { operation, parameters } = request ?? { operation: call.action, parameters: call.json };
    for (const authorization of await this.authorizations(call.service, {
      operation,
      parameters,
      region: call.region,
    })) {
      if (!isAllowed(principal, authorization)) return denied(call.service, principal.arn, authorization);
    }
    return undefined;
  }

  private async authorizations(service: string, asked: Asked): Promise<readonly Authorization[]> {
    if (service === "ec2") return this.ec2.of(asked);
    if (service === "elasticloadbalancing") return elbAuthorizations(asked, async (arn) => this.balancerTags(arn));
    const authorize = otherAuthorizations[service];
    if (authorize === undefined) throw new Error(`what ${service} asks IAM is not modelled`);
    return authorize(asked, async (arn) => this.certificateTags(arn));
  }

  private async ec2Tags(id: string) {
    const Filters = [{ Name: "resource-id", Values: [id] }];
    const { Tags = [] } = await this.moto.ec2.send(new DescribeTagsCommand({ Filters }));
    return tagMap(Tags);
  }

  private async vpcOf(group: string): Promise<string | undefined> {
    const answer = await this.moto.ec2
      .send(new DescribeSecurityGroupsCommand({ GroupIds: [group] }))
      .catch(() => undefined);
    return answer?.SecurityGroups?.[0]?.VpcId;
  }

  private async balancerTags(arn: string) {
    const command = new DescribeBalancerTagsCommand({ ResourceArns: [arn] });
    const answer = await this.moto.elb.send(command).catch(() => undefined);
    return tagMap(answer?.TagDescriptions?.[0]?.Tags);
  }

  private async certificateTags(arn: string) {
    const command = new ListTagsForCertificateCommand({ CertificateArn: arn });
    const answer = await this.moto.acm.send(command).catch(() => undefined);
    return tagMap(answer?.Tags);
  }
}

/** What a service says to an access key that does not exist. */
function unknownKey({ service }: Call): AwsFault {
  return service === "ec2"
    ? { status: 401, code: "AuthFailure", message: "AWS was not able to validate the provided access credentials" }
    : {
        status: 403,
        code:
          service === "acm" || service === "wafv2" || service === "eks"
            ? "UnrecognizedClientException"
            : "InvalidClientTokenId",
        message: "The security token included in the request is invalid.",
      };
}

/** Codes and states of "access denied": AWS' services do not agree. */
const codes: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  ec2: { code: "UnauthorizedOperation", status: 403 },
  acm: { code: "AccessDeniedException", status: 400 },
  wafv2: { code: "AccessDeniedException", status: 400 },
  eks: { code: "AccessDeniedException", status: 403 },
  tagging: { code: "AccessDeniedException", status: 400 },
  shield: { code: "AccessDeniedException", status: 400 },
};

function denied(service: string, caller: string, { action, resource }: Authorization): AwsFault {
  const sentence = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  const { code, status } = codes[service] ?? { code: "AccessDenied", status: 403 };
  const message = service === "ec2" ? `You are not authorized to perform this operation. ${sentence}.` : sentence;
  return { status, code, message };
}
