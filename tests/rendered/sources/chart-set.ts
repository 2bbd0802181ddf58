import type { ChartName } from "../../../components/plan/enums";

/** All charts of one release of Istio, at hand on this machine. */
export interface ChartSet {
  /** The release they are rendered as. */
  readonly version: string;
  /** Where they come from, as a reader may look it up. */
  readonly origin: string;
  /** Folder of each chart. */
  readonly charts: Readonly<Record<ChartName, string>>;
}

export const chartNames: readonly ChartName[] = ["base", "istiod", "cni", "ztunnel", "gateway"];

/** `1.31` of 1.31.1 */
export function minorText(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
