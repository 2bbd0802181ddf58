import type { MeshSettings } from "../../../components/plan/settings";
import type { Facts } from "../facts";
import { hostnameOf } from "../checks/load-balancers";
import { zoneAccounts } from "../mesh-parts";
import { clusterName } from "../situation";
import { gatherAws } from "./aws";
import type { AwsIdentity } from "./aws-client";
import { gatherKubernetes } from "./kubernetes";
import type { ClusterChoice } from "./proxy";
import { environmentOf } from "./tool";

/** Where to look. */
export interface Site extends ClusterChoice, AwsIdentity {
  readonly timeoutSeconds: number;
}

/** Queries AWS and the cluster at once. Never throws: what cannot be queried is reported as such. */
export async function gather(settings: MeshSettings, site: Site): Promise<Facts> {
  const kubectl = settings.cleanup?.kubectl ?? "kubectl";
  const { timeoutSeconds } = site;
  const tools = { kubectl, aws: "aws", environment: environmentOf(site.profile), timeoutSeconds };
  // kubectl's own credential helper is the AWS CLI, and takes its profile from its environment.
  const environment = environmentOf(settings.cluster.profile ?? site.profile);
  const kubernetes = gatherKubernetes(settings, site, { ...tools, environment });
  const hostnames = kubernetes.then(({ addressObjects }) =>
    addressObjects.known ? Object.values(addressObjects.answer).map(({ object }) => hostnameOf(object)) : [],
  );
  const { region, profile, roles, unusable } = site;
  const zones = zoneAccounts(settings);
  const questions = { cluster: clusterName(settings), region, profile, roles, unusable, ...zones, hostnames };
  const aws = gatherAws(questions, tools);
  const [inCluster, inAws] = await Promise.all([kubernetes, aws]);
  return { aws: inAws, kubernetes: inCluster };
}
