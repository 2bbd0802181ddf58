import { logicalNames } from "../logical-names";
import type { CloudwatchSettings } from "../plan/addon-settings";
import type { EksAddonPlan } from "../plan/eks-addon";
import type { InputValue } from "../plan/input-value";
import type { PodRolePlan } from "../plan/pod-role";
import type { AddonPlace } from "./addon-release";
import { planEksAddonRole } from "./pod-role-plan";

const name = "cloudwatch";
const serviceAccount = "cloudwatch-agent";

/**
 * Plans the role of the agent's pods: what AWS' own CloudWatchAgentServerPolicy has for metrics, logs and traces,
 * without its way into the Parameter Store, which only machines outside EKS use.
 */
export function planCloudwatchRole(place: AddonPlace): PodRolePlan {
  const bearer = {
    addon: name,
    description: "Lets the CloudWatch agent of EKS write metrics, logs and traces",
    namespace: "amazon-cloudwatch",
    serviceAccount,
  };
  return planEksAddonRole(bearer, { actions, resource: "*" }, place);
}

const actions = [
  ...["cloudwatch:PutMetricData", "ec2:DescribeTags", "ec2:DescribeVolumes"],
  ...["CreateLogGroup", "CreateLogStream", "DescribeLogGroups", "DescribeLogStreams", "PutLogEvents"].map(
    (action) => `logs:${action}`,
  ),
  "logs:PutRetentionPolicy",
  ...["GetSamplingRules", "GetSamplingStatisticSummaries", "GetSamplingTargets"].map((action) => `xray:${action}`),
  ...["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
];

/** What of the mesh the add-on comes after, and its role. */
export interface CloudwatchContext {
  readonly place: AddonPlace;
  readonly roleArn: InputValue;
  readonly after: readonly string[];
}

/** Plans the add-on, which EKS installs and keeps. */
export function planCloudwatch(
  { version, configuration }: CloudwatchSettings,
  { place, roleArn, after }: CloudwatchContext,
): EksAddonPlan {
  return {
    name: logicalNames.addon(name),
    after: [...after, logicalNames.permissions(name)],
    clusterName: place.clusterName,
    addonName: "amazon-cloudwatch-observability",
    version,
    configuration,
    serviceAccount,
    roleArn,
    tags: place.tags,
  };
}
