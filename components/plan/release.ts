import type { Tree } from "./leaf";
import type { Planned } from "./planned";
import type { ChartName } from "./words";

/** One Helm release. */
export interface ReleasePlan extends Planned {
  /** Name of the Helm release: Istio's labels and selectors derive from it. */
  readonly releaseName: string;
  readonly chart: ChartName;
  readonly version: string;
  /** Where charts come from: a repository's URL, `oci://…`, or a path. */
  readonly repository: string;
  readonly namespace: string;
  readonly values: Tree;
}
