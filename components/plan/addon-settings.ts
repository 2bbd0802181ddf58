import type { Tree } from "./leaf";

/** A chart of someone else's, in one version. */
export interface ChartSettings {
  readonly chart: string;
  readonly version: string;
  readonly repository: string;
  /** The user's values, merged last. */
  readonly values: Tree;
}
