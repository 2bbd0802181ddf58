import { hidden } from "../inputs/display";
import { pathText } from "../inputs/path";
import { problemsIn } from "../inputs/problem";
import type { PeerSettings, RemoteGateway, RemoteGatewayPlan } from "../plan/multi-cluster";
import { remoteGatewayAnnotations, remoteGatewaySpec } from "./ambient-gateway-plan";
import { networkLabel } from "./east-west-plan";
import { withoutGateway } from "./peer-access-check";
import { peerFactsOf, readKubeconfig } from "./peer-kubeconfig";
import { nameInKubernetes, type Place } from "./remote-secret-plan";

/** Where the object lives, and its logical name. */
export interface RemoteGatewayContext extends Place {
  readonly name: string;
}

/** Plans the object by which istiod knows the gateway of a peer: in ambient mode its load balancer is not found by a label. */
export function planRemoteGateway(peer: PeerSettings, context: RemoteGatewayContext): RemoteGatewayPlan {
  return {
    ...context,
    objectName: `istio-remote-gateway-${nameInKubernetes(peer.name)}`,
    annotations: remoteGatewayAnnotations,
    kubeconfig: peer.kubeconfig,
    gatewayOf: (kubeconfig) => gatewayOf(peer.name, kubeconfig),
    labelsOf: (network) => ({ [networkLabel]: network }),
    specOf: remoteGatewaySpec,
  };
}

function gatewayOf(name: string, kubeconfig: string): RemoteGateway {
  // A plan of a stack file has this in place of encrypted texts.
  if (kubeconfig === hidden) return { network: hidden, address: hidden };
  const found = peerFactsOf(readKubeconfig(kubeconfig));
  if (found?.gateway === undefined) {
    const missing = withoutGateway(`${pathText(["peers", name])}.kubeconfig`);
    throw new Error(`istio-eks: ${problemsIn("multiCluster", [missing])}`);
  }
  return { network: found.membership.network, address: found.gateway.address };
}
