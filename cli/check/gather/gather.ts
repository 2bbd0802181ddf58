import type { MeshSettings } from "../../../components/plan/settings";
import type { Facts } from "../facts";
import { hostnameOf } from "../checks/load-balancers";
import { clusterName } from "../situation";
import { gatherAws } from "./aws";
import { gatherKubernetes } from "./kubernetes";
import type { ClusterChoice } from "./proxy";
import { environmentOf } from "./tool";

/** Where to look. */
export interface Site extends ClusterChoice {
  readonly region: string | undefined;
  readonly profile: string | undefined;
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
  const cluster = clusterName(settings);
  const aws = gatherAws({ cluster, region: site.region, profile: site.profile, hostnames }, tools);
  const [inCluster, inAws] = await Promise.all([kubernetes, aws]);
  return { aws: inAws, kubernetes: inCluster };
}
