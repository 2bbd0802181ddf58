import type { AwsClients } from "../aws/clients";
import { CertificateKind } from "./certificate";
import { CertificateValidationKind } from "./certificate-validation";
import { RecordKind } from "./record";
import type { ResourceKind } from "./resource-kind";
import { SecurityGroupKind } from "./security-group";
import { SecurityGroupRuleKind } from "./security-group-rule";

/** Every type that is modelled, by its token. */
export function resourceKinds({ acm, ec2, route53 }: AwsClients): Readonly<Record<string, ResourceKind>> {
  return {
    "aws:ec2/securityGroup:SecurityGroup": new SecurityGroupKind(ec2),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": new SecurityGroupRuleKind(ec2, "ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": new SecurityGroupRuleKind(ec2, "egress"),
    "aws:acm/certificate:Certificate": new CertificateKind(acm),
    "aws:acm/certificateValidation:CertificateValidation": new CertificateValidationKind(acm),
    "aws:route53/record:Record": new RecordKind(route53),
  };
}
