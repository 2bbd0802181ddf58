import { pathText } from "../inputs/path";
import { problem, problemIf } from "../inputs/problem";
import { Dataplane } from "../plan/enums";
import type { Problem } from "../plan/problem";
import type { MeshClusterArgs } from "./mesh-cluster-args";
import type { MultiClusterArgs } from "./multi-cluster-args";

/** Finds what several clusters of ambient mode cannot have: one network for two of them, or sidecars. */
export function checkAmbient(args: MeshClusterArgs, { eastWest, flatNetwork }: MultiClusterArgs): readonly Problem[] {
  const path = "multiCluster";
  return [
    ...problemIf(eastWest === undefined, path, {
      given: "no eastWest",
      allowed: "eastWest with mode ambient: Istio supports several ambient clusters on different networks only",
      suggestion: "add eastWest with allowedCidrs, also where pods of all clusters reach each other directly",
    }),
    ...problemIf(flatNetwork !== undefined, `${path}.flatNetwork`, {
      given: "flatNetwork",
      allowed: "nothing with mode ambient: Istio supports several ambient clusters on different networks only",
      suggestion: "remove it and use eastWest",
    }),
    ...checkDataplanes(args),
  ];
}

/** Source: https://github.com/istio/istio/issues/57878, https://github.com/istio/istio/issues/60609 */
function checkDataplanes({ namespaces = {} }: MeshClusterArgs): readonly Problem[] {
  const withSidecars = Object.entries(namespaces).filter(([, { dataplane }]) => dataplane === Dataplane.Sidecar);
  return withSidecars.map(([name, { dataplane }]) =>
    problem(`${pathText(["namespaces", name])}.dataplane`, {
      given: dataplane,
      allowed:
        '"ambient" or "none" with multiCluster: a sidecar connects to the gateways of other networks with mTLS, and those of ambient ' +
        "mode understand HBONE only, so that requests to other clusters fail",
      suggestion: "remove it, and restart the pods of the namespace: they then need no sidecar",
    }),
  );
}
