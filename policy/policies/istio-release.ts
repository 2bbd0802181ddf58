import { textAt } from "./members";
import { isOfMesh } from "./urn";

const charts = ["base", "istiod", "cni", "ztunnel", "gateway"];
const types = ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart"];

/** Something that installs a chart of Istio. */
export interface IstioRelease {
  readonly name: string;
  readonly chart: string;
  /** Empty: none is given. */
  readonly version: string;
  readonly namespace: string;
  /** Empty: the control plane without revision. */
  readonly revision: string;
  /** The chart lies on the disk, and has its version in itself. */
  readonly local: boolean;
}

export interface Installation {
  readonly type: string;
  readonly urn: string;
  readonly props: unknown;
}

/**
 * Reads a Helm release of Istio's; `undefined`: it is something else.
 *
 * Names such as `base` and `gateway` are anybody's, so either the component made it, or the place it comes from says Istio.
 */
export function istioRelease({ type, urn, props }: Installation): IstioRelease | undefined {
  if (!types.includes(type)) return undefined;
  const source = textAt(props, ["chart"]);
  const repository = textAt(props, ["repositoryOpts", "repo"]);
  const local = /^[./]|\.tgz$/.test(source) && !source.includes("://");
  const chart = charts.find((one) => new RegExp(`(^|/)${one}(-[\\d.]+\\.tgz)?$`).test(source));
  if (chart === undefined || !(isOfMesh(urn) || /istio/.test(`${source} ${repository}`))) return undefined;
  return {
    name: textAt(props, ["name"]) || textAt(props, ["releaseName"]) || chart,
    version: textAt(props, ["version"]),
    namespace: textAt(props, ["namespace"]),
    revision: textAt(props, ["values", "revision"]),
    ...{ chart, local },
  };
}
