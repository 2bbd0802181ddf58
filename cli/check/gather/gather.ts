import type { MeshSettings } from "../../../components/plan/settings";
import type { Facts } from "../facts";
import { hostnameOf } from "../checks/load-balancers";
import { clusterName } from "../situation";
import { gatherAws } from "./aws";
import { gatherKubernetes } from "./kubernetes";
import type { ClusterChoice } from "./proxy";
import type { Tools } from "./tool";

/** Where to look. */
export interface Site extends ClusterChoice {
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly timeoutSeconds: number;
}

/** Asks AWS and the cluster, side by side. Never throws: what cannot be asked is told as such. */
export async function gather(settings: MeshSettings, site: Site): Promise<Facts> {
  // kubectl's own credential helper is the AWS CLI, and takes its profile from here.
  const profile = site.profile === undefined ? {} : { AWS_PROFILE: site.profile };
  const tools: Tools = {
    kubectl: settings.cleanup?.kubectl ?? "kubectl",
    aws: "aws",
    environment: { ...process.env, ...profile, AWS_PAGER: "" },
    timeoutSeconds: site.timeoutSeconds,
  };
  const kubernetes = gatherKubernetes(settings, site, tools);
  const hostnames = kubernetes.then(({ addressObjects }) =>
    addressObjects.known ? Object.values(addressObjects.answer).map(({ object }) => hostnameOf(object)) : [],
  );
  const cluster = clusterName(settings);
  const aws = gatherAws({ cluster, region: site.region, profile: site.profile, hostnames }, tools);
  const [inCluster, inAws] = await Promise.all([kubernetes, aws]);
  return { aws: inAws, kubernetes: inCluster };
}
