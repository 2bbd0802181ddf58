import semver from "semver";

/** One supported minor of Istio, as data: adding a minor is adding a row here, and its table by `npm run chart-keys`. */
export interface IstioMinor {
  readonly minor: string;
  /** The newest patch known; any patch of the minor may be asked for. */
  readonly newestPatch: string;
  /**
   * The day on which Istio's support ends, or ended, as YYYY-MM-DD.
   * Source: https://istio.io/latest/docs/releases/supported-releases/
   */
  readonly endOfLife: string;
  /** The day is not announced: it follows from the policy, six weeks after the second minor that comes after. */
  readonly estimated: boolean;
  readonly supported: boolean;
  /** The charts tier has rendered the component's values with charts of this minor. */
  readonly rendered: boolean;
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

/** Oldest first. Patches are kept by Renovate (renovate.json). */
export const istioMinors: readonly IstioMinor[] = [
  {
    minor: "1.28",
    newestPatch: "1.28.10",
    endOfLife: "2026-07-01",
    estimated: false,
    supported: false,
    rendered: true,
    kubernetes: { from: "1.30", to: "1.34" },
    gatewayApi: "v1.4.1",
    notes: "Of TLSRoute it reads releases of the Gateway API up to v1.4.1, from patch 1.28.6 on.",
  },
  {
    minor: "1.29",
    newestPatch: "1.29.6",
    endOfLife: "2026-08-31",
    estimated: true,
    supported: false,
    rendered: true,
    kubernetes: { from: "1.31", to: "1.35" },
    gatewayApi: "v1.4.1",
    notes:
      "Of TLSRoute it reads releases of the Gateway API up to v1.4.1, from patch 1.29.2 on. Asks who one is before debugging.",
  },
  {
    minor: "1.30",
    newestPatch: "1.30.8",
    endOfLife: "2026-12-31",
    estimated: true,
    supported: true,
    rendered: true,
    kubernetes: { from: "1.32", to: "1.36" },
    gatewayApi: "v1.5.1",
    notes: "Wants the Gateway API at v1.5 before it is installed: of an older one it does not see TLSRoute.",
  },
  {
    minor: "1.31",
    newestPatch: "1.31.4",
    endOfLife: "2027-03-31",
    estimated: true,
    supported: true,
    rendered: true,
    kubernetes: { from: "1.32", to: "1.36" },
    gatewayApi: "v1.6.0",
    notes: "Gets its images from docker.io/istio only. Sends endpoints that are not healthy, too.",
  },
  {
    minor: "1.32",
    newestPatch: "1.32.0",
    endOfLife: "2027-06-30",
    estimated: true,
    supported: true,
    rendered: false,
    kubernetes: { from: "1.32", to: "1.36" },
    gatewayApi: "v1.6.0",
    notes:
      "Its charts were not at hand: chart values are compared with those of 1.31, and Kubernetes and Gateway API are those of 1.31.",
  },
];

/** The default of `istio.version`: a patch of the newest minor whose charts were rendered. */
export const defaultIstioVersion = "1.31.4";

/**
 * The row of a version such as 1.31.4. A minor newer than the table is planned as the newest row; of an older one, or
 * another major, there is none.
 */
export function minorOf(version: string): IstioMinor | undefined {
  const row = istioMinors.find(({ minor }) => version.startsWith(`${minor}.`));
  return row === undefined && isNewer(version) ? istioMinors.at(-1) : row;
}

/** Whether a full version is of a minor that the table does not have yet. */
export function isNewer(version: string): boolean {
  const parsed = semver.parse(version);
  return (
    parsed !== null && parsed.major === 1 && istioMinors.every(({ minor }) => parsed.minor > semver.minor(`${minor}.0`))
  );
}
