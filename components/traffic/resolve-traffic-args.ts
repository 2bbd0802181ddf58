import semver from "semver";
import { duplicates } from "../inputs/list";
import { problem, problemIf } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { OutlierDetectionSettings, TrafficSettings } from "../plan/traffic-settings";
import { Locality, Mode, TrafficScope } from "../plan/enums";
import { profilesWithoutIstiod } from "../control-plane/profiles";
import type { OutlierDetectionArgs, RetryArgs, TrafficArgs } from "./traffic-args";
import { warnOfTraffic } from "./traffic-readers";
import type { TrafficContext } from "./traffic-context";
import { valueAt } from "../inputs/path";
import { decidedKeys } from "./mesh-config";

/** Fills in the defaults of `traffic` and checks it. */
export function resolveTraffic(args: TrafficArgs, context: TrafficContext): Resolved<TrafficSettings> {
  const { retries, connectionPool, tcpKeepalive, locality } = args;
  const settings: TrafficSettings = {
    retries: retries === undefined ? undefined : { attempts: retries.attempts ?? 2, on: retries.on ?? [] },
    outlierDetection: outlierDetectionOf(args),
    connectionPool: connectionPool === undefined ? undefined : connectionPoolOf(connectionPool),
    locality,
    tcpKeepalive: tcpKeepalive === undefined ? undefined : tcpKeepaliveOf(tcpKeepalive),
    scope: args.scope ?? TrafficScope.Mesh,
    hasDefaultPolicy: !isBefore(defaultPolicySince, context),
  };
  return {
    settings,
    problems: [
      ...checkRetries(retries),
      ...checkOutlierDetection(args.outlierDetection, settings.outlierDetection),
      ...checkEmpty(args),
      ...checkVersions(args, context),
      ...checkMode(args, context),
      ...checkProfile(args, context),
      ...checkMeshConfig(settings, context),
    ],
    warnings: [...warnOfTraffic(args, context), ...warnOfEjection(args.outlierDetection)],
  };
}

function connectionPoolOf(args: NonNullable<TrafficArgs["connectionPool"]>): TrafficSettings["connectionPool"] {
  const { maxConnections, connectTimeoutSeconds, maxRequestsPerConnection, idleTimeoutSeconds } = args;
  return { maxConnections, connectTimeoutSeconds, maxRequestsPerConnection, idleTimeoutSeconds };
}

function tcpKeepaliveOf(args: NonNullable<TrafficArgs["tcpKeepalive"]>): TrafficSettings["tcpKeepalive"] {
  const { timeSeconds, intervalSeconds, probes } = args;
  return { timeSeconds, intervalSeconds, probes };
}

/** Istio fails over only to leave endpoints that were ejected: there is no `failover` without outlier detection. */
function outlierDetectionOf({ outlierDetection, locality }: TrafficArgs): OutlierDetectionSettings | undefined {
  const failover = locality === Locality.Failover;
  if (outlierDetection === undefined && !failover) return undefined;
  const args = outlierDetection ?? {};
  return {
    consecutive5xx: args.consecutive5xx ?? 5,
    consecutiveGatewayErrors: args.consecutiveGatewayErrors,
    intervalSeconds: args.intervalSeconds ?? 10,
    baseEjectionSeconds: args.baseEjectionSeconds ?? 30,
    maxEjectionPercent: args.maxEjectionPercent ?? (failover ? 100 : 50),
  };
}

/** Half of two endpoints: with a smaller share, the smallest Services have no endpoint that may be ejected. */
const ejectsOfTwo = 50;

/**
 * Envoy counts the endpoint that it is about to eject, so that a small share of few endpoints is none.
 *
 * Source: envoyproxy/envoy source/common/upstream/outlier_detection_impl.cc, `DetectorImpl::ejectHost`
 */
function warnOfEjection({ maxEjectionPercent = ejectsOfTwo }: OutlierDetectionArgs = {}): readonly string[] {
  if (maxEjectionPercent >= ejectsOfTwo) return [];
  const endpoints = Math.ceil(100 / maxEjectionPercent);
  return [
    `traffic.outlierDetection.maxEjectionPercent: ${maxEjectionPercent} ejects no endpoint of a Service with fewer than ` +
      `${endpoints} endpoints.`,
  ];
}

/** Source: istio/istio pkg/config/validation/validation.go, `validateHTTPRetry` */
function checkRetries(args: RetryArgs | undefined): readonly Problem[] {
  if (args === undefined) return [];
  const { attempts, on = [] } = args;
  return [
    ...problemIf(attempts === 0 && on.length > 0, "traffic.retries.on", {
      given: on,
      allowed: "nothing with attempts: 0, which turns retries off",
      suggestion: "remove it, or write attempts of 1 or more",
    }),
    ...duplicates(on, "traffic.retries.on"),
  ];
}

/** Source: https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection */
function checkOutlierDetection(
  args: OutlierDetectionArgs | undefined,
  settings: OutlierDetectionSettings | undefined,
): readonly Problem[] {
  if (args === undefined || settings === undefined) return [];
  const { consecutive5xx, consecutiveGatewayErrors = 0 } = settings;
  const path = "traffic.outlierDetection";
  return [
    ...problemIf(consecutive5xx === 0 && consecutiveGatewayErrors === 0, `${path}.consecutive5xx`, {
      given: 0,
      allowed: "1 or more, unless consecutiveGatewayErrors is: no error would eject an endpoint",
      suggestion: "write a number, or remove outlierDetection",
    }),
    ...problemIf(consecutive5xx > 0 && consecutiveGatewayErrors >= consecutive5xx, `${path}.consecutiveGatewayErrors`, {
      given: consecutiveGatewayErrors,
      allowed: `a number below consecutive5xx, ${consecutive5xx}: gateway errors count as 5xx too, and have ejected the endpoint by then`,
      suggestion: "write a smaller one, or remove it",
    }),
  ];
}

/** Blocks that Istio refuses, or ignores, when they are empty. */
function checkEmpty(args: TrafficArgs): readonly Problem[] {
  return (["connectionPool", "tcpKeepalive"] as const).flatMap((member) => {
    const block = args[member];
    return problemIf(
      block !== undefined && Object.values(block).every((one) => one === undefined),
      `traffic.${member}`,
      {
        given: block,
        allowed: "a block with at least one member",
        suggestion: "write one, or remove the block",
      },
    );
  });
}

/**
 * `meshConfig.defaultTrafficPolicy` and `meshConfig.zoneAwareLbSetting`.
 *
 * Source: https://istio.io/latest/news/releases/1.31.x/announcing-1.31/change-notes/
 */
const defaultPolicySince = "1.31.0";

function isBefore(since: string, { versions }: TrafficContext): boolean {
  return versions.some((version) => semver.lt(version, since));
}

function checkVersions(args: TrafficArgs, context: TrafficContext): readonly Problem[] {
  if (!isBefore(defaultPolicySince, context)) return [];
  const failover = args.locality === Locality.Failover;
  const allowed = "nothing before Istio 1.31, which all control planes of the mesh must have";
  const suggestion = "remove it, or move istio.version, and the canary's, to 1.31 or newer";
  return [
    ...problemIf(args.outlierDetection !== undefined && !failover, "traffic.outlierDetection", {
      given: args.outlierDetection,
      allowed: `${allowed}; in every version with locality: "failover"`,
      suggestion,
    }),
    ...problemIf(args.connectionPool !== undefined, "traffic.connectionPool", {
      given: args.connectionPool,
      allowed,
      suggestion,
    }),
    ...problemIf(args.locality === Locality.ZoneAware, "traffic.locality", {
      given: args.locality,
      allowed: `${allowed}; "failover" and "off" in every version`,
      suggestion,
    }),
  ];
}

function checkMode({ locality, scope }: TrafficArgs, { mode, sidecars }: TrafficContext): readonly Problem[] {
  return [
    ...problemIf(locality === Locality.ZoneAware && mode === Mode.Ambient, "traffic.locality", {
      given: locality,
      allowed: '"failover" or "off" in ambient mode: Istio supports zone-aware load balancing in sidecars only',
      suggestion:
        'write "failover" for gateways and waypoints, and set trafficDistribution: PreferSameZone on Services for ztunnel',
    }),
    ...problemIf(scope === TrafficScope.Namespace && !sidecars, "traffic.scope", {
      given: scope,
      allowed: '"mesh" where no namespace has sidecars: ztunnel, waypoints and gateways know all Services',
      suggestion: "remove it",
    }),
  ];
}

/** All but `scope` is in the configuration of istiod. */
function checkProfile(args: TrafficArgs, { profile }: TrafficContext): readonly Problem[] {
  if (!profilesWithoutIstiod.includes(profile)) return [];
  const members = Object.entries(args).filter(([member, given]) => member !== "scope" && given !== undefined);
  return members.map(([member, given]) =>
    problem(`traffic.${member}`, {
      given,
      allowed: `nothing with profile "${profile}": it stands in the configuration of a control plane that is not made here`,
      suggestion: "remove it, and set it in meshConfig where istiod is",
    }),
  );
}

/** What `traffic` decides may not stand in the user's mesh configuration besides: one of the two would do nothing. */
function checkMeshConfig(settings: TrafficSettings, { meshConfigs }: TrafficContext): readonly Problem[] {
  return meshConfigs.flatMap(({ path, config }) =>
    decidedKeys(settings).flatMap(({ member, key }) => {
      const given = valueAt(config, key.split("."));
      if (given === undefined) return [];
      return [
        problem(`${path}.${key}`, {
          given,
          allowed: `nothing while traffic.${member} decides it`,
          suggestion: `remove it, or traffic.${member}`,
        }),
      ];
    }),
  );
}
