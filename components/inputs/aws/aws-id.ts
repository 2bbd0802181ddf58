import { patternForm, textForm, type Form } from "../form";
import { invariant } from "../invariant";

const id = (kind: string, prefix: string): Form =>
  patternForm(`the id of ${kind}, such as ${prefix}-0123456789abcdef0`, new RegExp(`^${prefix}-[0-9a-f]{8,17}$`));

export const subnetId: Form = id("a subnet", "subnet");
export const securityGroupId: Form = id("a security group", "sg");
export const vpcId: Form = id("a VPC", "vpc");
export const prefixListId: Form = id("a prefix list", "pl");
export const eipAllocationId: Form = id("an Elastic IP allocation", "eipalloc");

export const hostedZoneId: Form = patternForm(
  "the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ",
  /^Z[A-Z0-9]{1,31}$/,
);

const certificatePattern = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;

export const certificateArn: Form = textForm(
  "the ARN of an ACM certificate, arn:aws:acm:<region>:<account>:certificate/<id>",
  (given) => {
    if (certificatePattern.test(given)) return undefined;
    const several = given.split(/[\s,;]+/).filter((part) => part !== "");
    if (several.length > 1 && several.every((part) => certificatePattern.test(part)))
      return "write the first here, and the others as a list in tls.certificateArns";
    return "write the ARN of an ACM certificate, arn:aws:acm:<region>:<account>:certificate/<id>";
  },
);

const privateCaPattern = /^arn:aws[a-z-]*:acm-pca:[a-z0-9-]+:\d{12}:certificate-authority\/[\w-]+$/;

export const privateCaArn: Form = textForm(
  "the ARN of an AWS Private CA, arn:aws:acm-pca:<region>:<account>:certificate-authority/<id>",
  (given) => {
    if (privateCaPattern.test(given)) return undefined;
    const authority = given.replace(/\/certificate\/.*$/s, "");
    if (privateCaPattern.test(authority)) return `this is a certificate of the authority; write "${authority}"`;
    return "copy the ARN from `aws acm-pca list-certificate-authorities`";
  },
);

/** The region of an ARN. */
export function regionOfArn(arn: string): string {
  return invariant(arn.split(":")[3], `the region of ${arn}`);
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export const roleArn: Form = textForm("the ARN of an IAM role, arn:aws:iam::<account>:role/<name>", (given) => {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(given)) return undefined;
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/s;
  if (!session.test(given)) return "write the ARN of a role, arn:aws:iam::<account>:role/<name>";
  const role = given.replace(session, "arn:$1:iam::$2:role/$3");
  return `this is a session of the role; write the role's own ARN, such as ${role}`;
});

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export const policyArn: Form = textForm(
  "the ARN of a managed IAM policy, arn:aws:iam::<account>:policy/<name>",
  (given) =>
    /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(given)
      ? undefined
      : "write the ARN of a managed policy, arn:aws:iam::<account>:policy/<name>; its name alone is not enough",
);

/** An ALB takes only regional web ACLs. Source: https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html */
export const webAclArn: Form = textForm(
  "the ARN of a regional WAFv2 web ACL, arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>",
  (given) => {
    if (/^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/.test(given)) return undefined;
    return given.includes(":global/webacl/")
      ? "this one is for CloudFront; make one with scope REGIONAL in the load balancer's region"
      : "copy the ARN from the WAF console or `aws wafv2 list-web-acls --scope REGIONAL`";
  },
);

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterName: Form = patternForm(
  "the name of an EKS cluster: at most 100 letters, digits, hyphens and underscores",
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
);

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const tlsPolicy: Form = patternForm(
  "the name of an Elastic Load Balancing security policy, such as ELBSecurityPolicy-TLS13-1-2-2021-06",
  /^ELBSecurityPolicy-[A-Za-z0-9-]+$/,
);
