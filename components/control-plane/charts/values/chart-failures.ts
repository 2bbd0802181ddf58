import { closest } from "../../../inputs/suggestions/closest";
import { isDeferred } from "../../../inputs/input-value";
import { type Path, valueAt } from "../../../inputs/path";
import type { Tree } from "../../../plan/input-value";
import type { ChartName } from "../../../plan/enums";
import { chartFilesOf } from "./chart-keys";

/** A value at which a template of the chart stops Helm with an error, in the middle of an `up`. */
export interface ChartFailure {
  /** Its place below the chart's values. */
  readonly path: Path;
  readonly given: unknown;
  readonly allowed: string;
  readonly suggestion: string;
}

/** A chart of one release. */
export interface ChartRelease {
  readonly chart: ChartName;
  readonly version: string;
}

interface Rule {
  /** The text of the call in the templates that stops Helm. */
  readonly call: string;
  readonly charts: readonly ChartName[];
  readonly find: (values: Tree, version: string) => readonly ChartFailure[];
}

const everyChart: readonly ChartName[] = ["base", "istiod", "cni", "ztunnel", "gateway"];

/**
 * Where the charts fail, by the text of the call in their templates. The key tables list the calls; tests hold them against
 * these rules, and the charts tier has Helm fail at each.
 *
 * Source: istio/istio manifests/charts, templates/zzz_profile.yaml of every chart, and NOTES.txt of istiod
 */
const rules: readonly Rule[] = [
  {
    call: "Setting with .default prefix found; remove it.",
    charts: everyChart.filter((chart) => chart !== "gateway"),
    find: (values) =>
      failureIf(isSet(values["defaults"]), values, {
        path: ["defaults"],
        allowed: "nothing: the chart fails when it is set",
        suggestion: "write its members one level higher",
      }),
  },
  {
    call: "unknown profile",
    charts: everyChart,
    find: (values, version) => [
      ...fileFailures(values, ["profile"], chartFilesOf(version).profile),
      ...fileFailures(values, ["global", "profile"], chartFilesOf(version).profile),
    ],
  },
  {
    call: "unknown compatibility version",
    charts: everyChart,
    find: (values, version) =>
      fileFailures(values, ["compatibilityVersion"], chartFilesOf(version).compatibilityVersion),
  },
  {
    call: "unknown platform",
    charts: everyChart,
    find: (values, version) => [
      ...fileFailures(values, ["platform"], chartFilesOf(version).platform),
      ...fileFailures(values, ["global", "platform"], chartFilesOf(version).platform),
    ],
  },
  {
    call: " is removed",
    charts: ["istiod"],
    find: (values) =>
      removedKeys.flatMap((path) =>
        failureIf(isPrinted(valueAt(values, path)), values, {
          path,
          allowed: "nothing: Istio has removed it, and the chart fails when it is set",
          suggestion: "remove it",
        }),
      ),
  },
  {
    call: "pilotCertProvider=kubernetes is not supported",
    charts: ["istiod"],
    find: (values) =>
      failureIf(valueAt(values, certificateProvider) === "kubernetes", values, {
        path: certificateProvider,
        allowed: "istiod (the default), custom or none: Kubernetes no longer signs istiod's certificate",
        suggestion: "remove it",
      }),
  },
];

/** Calls of the gateway chart that no value of a user's reaches: its schema, or the component, refuses them before. */
export const unreachableCalls: readonly string[] = [
  "Setting with .default prefix found; remove it.",
  "networkGatewayPorts.%s is required when networkGateway is set",
  "service.ports must not be empty when networkGateway is not set",
];

/** The calls of one chart that there are rules for. */
export function knownCalls(chart: ChartName): readonly string[] {
  return rules.filter(({ charts }) => charts.includes(chart)).map(({ call }) => call);
}

/** Finds the values at which the chart would fail. */
export function chartFailures({ chart, version }: ChartRelease, values: Tree): readonly ChartFailure[] {
  return rules.filter(({ charts }) => charts.includes(chart)).flatMap(({ find }) => find(values, version));
}

const certificateProvider: Path = ["global", "pilotCertProvider"];

/** Source: `$failDeps` in NOTES.txt of the chart istiod */
const removedKeys: readonly Path[] = [
  ["telemetry", "v2", "prometheus", "configOverride"],
  ["telemetry", "v2", "stackdriver", "disableOutbound"],
  ...["debug", "maxNumberOfAttributes", "maxNumberOfAnnotations", "maxNumberOfMessageEvents"].flatMap((key) => [
    ["global", "tracer", "stackdriver", key],
    ["meshConfig", "defaultConfig", "tracing", "stackdriver", key],
  ]),
];

interface Finding {
  readonly path: Path;
  readonly allowed: string;
  readonly suggestion: string;
}

function failureIf(broken: boolean, values: Tree, { path, ...finding }: Finding): readonly ChartFailure[] {
  return broken ? [{ path, given: valueAt(values, path), ...finding }] : [];
}

/** A file of the chart that a value chooses by its name: one that is set must be the name of a file. */
function fileFailures(values: Tree, path: Path, names: readonly string[]): readonly ChartFailure[] {
  const given = valueAt(values, path);
  if (!isSet(given) || isDeferred(given) || names.some((name) => name === given)) return [];
  const near = closest(String(given), names);
  return [
    {
      path,
      given,
      allowed: `one of ${names.map((name) => `"${name}"`).join(", ")}, in quotes: the chart fails at every other`,
      suggestion: near === undefined ? "remove it" : `did you mean "${near}"?`,
    },
  ];
}

/** What Helm's templates take for set. */
function isSet(given: unknown): boolean {
  if (typeof given === "object" && given !== null) return Object.keys(given).length > 0;
  return Boolean(given);
}

/** What NOTES.txt prints something of. */
function isPrinted(given: unknown): boolean {
  return given !== undefined && given !== null && given !== "";
}
