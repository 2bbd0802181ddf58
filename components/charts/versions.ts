/** One supported minor of Istio, as data: adding a minor is adding a row here, and its table by `npm run chart-keys`. */
export interface IstioMinor {
  readonly minor: string;
  /** The newest patch known; any patch of the minor may be asked for. */
  readonly newestPatch: string;
  /** When Istio stops, or stopped, to mend it. Source: https://istio.io/latest/docs/releases/supported-releases/ */
  readonly endOfLife: string;
  readonly supported: boolean;
  /** Kubernetes minors that Istio tests it with. */
  readonly kubernetes: { readonly from: string; readonly to: string };
  /**
   * The Gateway API release whose kinds this istiod reads; of another one it silently ignores some.
   * Source: istio/istio pkg/config/schema/gatewayapi/minimumversions.go
   */
  readonly gatewayApi: string;
  /** What one should know before choosing it. */
  readonly notes: string;
}

/** Oldest first; the last one is the default. */
export const istioMinors: readonly IstioMinor[] = [
  {
    minor: "1.28",
    newestPatch: "1.28.10",
    endOfLife: "July 2026",
    supported: false,
    kubernetes: { from: "1.30", to: "1.34" },
    gatewayApi: "v1.4.1",
    notes: "Of TLSRoute it reads releases of the Gateway API up to v1.4.1, from patch 1.28.6 on.",
  },
  {
    minor: "1.29",
    newestPatch: "1.29.6",
    endOfLife: "August 2026",
    supported: false,
    kubernetes: { from: "1.31", to: "1.35" },
    gatewayApi: "v1.4.1",
    notes:
      "Of TLSRoute it reads releases of the Gateway API up to v1.4.1, from patch 1.29.2 on. Asks who one is before debugging.",
  },
  {
    minor: "1.30",
    newestPatch: "1.30.4",
    endOfLife: "November 2026",
    supported: true,
    kubernetes: { from: "1.32", to: "1.36" },
    gatewayApi: "v1.5.1",
    notes: "Wants the Gateway API at v1.5 before it is installed: of an older one it does not see TLSRoute.",
  },
  {
    minor: "1.31",
    newestPatch: "1.31.1",
    endOfLife: "early 2027",
    supported: true,
    kubernetes: { from: "1.32", to: "1.36" },
    gatewayApi: "v1.6.0",
    notes: "Gets its images from docker.io/istio only. Sends endpoints that are not healthy, too.",
  },
];

/** The newest supported release, which is the default of `istio.version`. */
export const defaultIstioVersion = "1.31.1";

/** The row of a version such as 1.31.1, if its minor is known. */
export function minorOf(version: string): IstioMinor | undefined {
  return istioMinors.find((row) => version.startsWith(`${row.minor}.`));
}
