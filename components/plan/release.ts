import type { Interpolation, Tree } from "./input-value";
import type { Planned } from "./planned";

/** One Helm release. */
export interface ReleasePlan extends Planned {
  /** Name of the Helm release: Istio's labels and selectors derive from it. */
  readonly releaseName: string;
  readonly chart: string;
  readonly version: string;
  /** Where charts come from: a repository's URL, `oci://…`, or a path. */
  readonly repository: string;
  readonly namespace: string;
  readonly values: Tree;
  /** Values that the shell joins from several input values, by their path. */
  readonly deferredValues?: readonly DeferredValue[];
  /** Values may be null: such a one takes a default of the chart's out. */
  readonly nullValues?: true;
  /** Paths of inputs whose change replaces the release. */
  readonly replaceOnChanges?: readonly string[];
  /** Go on as soon as the API server has taken the objects, not once all are ready. */
  readonly unawaited?: true;
}

/** One value and its place; the blocks and lists around it are there already. */
export interface DeferredValue {
  readonly path: readonly (string | number)[];
  readonly value: Interpolation;
}
