import { ACMClient } from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { Route53Client } from "@aws-sdk/client-route-53";
import { STSClient } from "@aws-sdk/client-sts";
import { accessKeys } from "./iam/principal";
import { requireLoopback } from "./loopback";

/** What one needs to speak to the AWS of a test environment. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly region: string;
  /** Who calls; without it, somebody who may do everything. */
  readonly accessKey?: string | undefined;
}

export interface AwsClients {
  readonly acm: ACMClient;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly route53: Route53Client;
  readonly sts: STSClient;
}

/** Clients that can only speak to this machine. */
export function awsClients({ endpoint, region, accessKey = accessKeys.administrator }: AwsAccess): AwsClients {
  const options = {
    endpoint: requireLoopback(endpoint),
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: "live" },
    maxAttempts: 3,
  };
  return {
    acm: new ACMClient(options),
    ec2: new EC2Client(options),
    eks: new EKSClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    route53: new Route53Client(options),
    sts: new STSClient(options),
  };
}

/** Environment of programs that are to find this AWS, and nothing of a real account. */
export function awsEnvironment(access: AwsAccess): Readonly<Record<string, string>> {
  const { endpoint, region, accessKey = accessKeys.administrator } = access;
  return {
    AWS_ENDPOINT_URL: requireLoopback(endpoint),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: "live",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}
