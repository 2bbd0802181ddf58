import { mergeLayers } from "../../components/control-plane/charts/values/chart-values";
import { invariant } from "../../components/inputs/invariant";
import { kubeconfigText } from "../../components/multi-cluster/peer-kubeconfig";
import { Mode } from "../../components/plan/enums";
import { settingsFrom } from "./settings";

type Args = Readonly<Record<string, unknown>>;

/**
 * A mesh with the kubeconfigs of its peers as `peerAccess` writes them. Of an encrypted one a plan knows nothing; in ambient
 * mode an object has the address that stands in it.
 */
export function withKubeconfigs(args: Args): Args {
  const { peers = {}, ...alone } = (args["multiCluster"] ?? {}) as Args;
  if (args["mode"] !== Mode.Ambient || Object.keys(peers as Args).length === 0) return args;
  const { multiCluster } = settingsFrom({ ...args, multiCluster: alone });
  const membership = invariant(multiCluster, "multiCluster").membership;
  const known = { endpoint: "https://peer.example.com", certificateAuthority: "Y2E=", token: "token", root: "" };
  const kubeconfigs = Object.keys(peers as Args).map((name) => {
    const peer = { ...membership, clusterName: name, network: name };
    const gateway = { address: `${name}.elb.example.com`, namespace: "istio-eastwest" };
    return [name, { kubeconfig: kubeconfigText(peer, { ...known, gateway }) }];
  });
  return mergeLayers(args, { multiCluster: { peers: Object.fromEntries(kubeconfigs) } });
}
