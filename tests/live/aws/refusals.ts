import { DescribeNetworkInterfacesCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsFault } from "./answer";
import type { Call } from "./call";
import type { AwsClients } from "./clients";

/** What AWS refuses because something else still needs it, and moto would simply do. */
export async function refusal(call: Call, moto: AwsClients): Promise<AwsFault | undefined> {
  const { service, action, form, json } = call;
  if (service === "ec2" && action === "DeleteSecurityGroup") return groupInUse(form.get("GroupId") ?? "", moto);
  if (service === "acm" && action === "DeleteCertificate") {
    return certificateInUse(String(json["CertificateArn"]), moto.elb);
  }
  return undefined;
}

async function groupInUse(group: string, { ec2 }: AwsClients): Promise<AwsFault | undefined> {
  const byGroup = { Filters: [{ Name: "group-id", Values: [group] }] };
  const { NetworkInterfaces: interfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand(byGroup));
  const { SecurityGroups: groups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const referring = groups
    .filter(({ GroupId }) => GroupId !== group)
    .filter(({ IpPermissions: into = [], IpPermissionsEgress: out = [] }) =>
      [...into, ...out].some(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.some(({ GroupId }) => GroupId === group)),
    );
  if (interfaces.length === 0 && referring.length === 0) return undefined;
  return { status: 400, code: "DependencyViolation", message: `resource ${group} has a dependent object` };
}

async function certificateInUse(arn: string, elb: ElasticLoadBalancingV2Client): Promise<AwsFault | undefined> {
  const { LoadBalancers: balancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  for (const { LoadBalancerArn } of balancers) {
    const { Listeners: listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    // moto goes on telling of the certificate of a listener that has become a plain one.
    const secure = listeners.filter(({ Protocol }) => Protocol === "TLS" || Protocol === "HTTPS");
    const certificates = secure.flatMap(({ Certificates = [] }) => Certificates);
    if (certificates.some(({ CertificateArn }) => CertificateArn === arn)) {
      return { status: 400, code: "ResourceInUseException", message: `Certificate ${arn} is in use.` };
    }
  }
  return undefined;
}
