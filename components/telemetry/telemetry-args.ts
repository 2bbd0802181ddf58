import type { z } from "zod";
import { type AddonArgs, addonShape } from "../inputs/kubernetes/addon-args";
import { choice } from "../inputs/choice";
import { field } from "../inputs/form";
import { percentage, wholeNumber } from "../inputs/number";
import { serviceHost } from "../inputs/network/service-host";
import { mapOf, shape } from "../inputs/shape";
import { anyText } from "../inputs/text";
import { AccessLogs, TracingProvider } from "../plan/enums";

/** Access logs and traces of the whole mesh. */
export interface TelemetryArgs {
  /**
   * One line for each request that a proxy carries, on its standard output: as `text`, or as `json` with one member for
   * each field. `off` also silences what a profile turns on.
   *
   * In ambient mode only gateways and waypoints see requests; ztunnel logs connections, and that is always on.
   *
   * @defaultValue none: Istio logs nothing, unless `istio.meshConfig` or the profile says so
   * @remarks Changing it changes one object; no pod restarts.
   * @example `"json"`
   */
  accessLogs?: AccessLogs;
  /** Traces. In ambient mode only gateways and waypoints send spans. @defaultValue none */
  tracing?: TracingArgs;
}

/** Where traces go, and how many. */
export interface TracingArgs {
  /**
   * `otlp`: to a collector that is there already, or to the add-on `jaeger`. `xray`: to AWS X-Ray, by way of an
   * OpenTelemetry collector that the mesh installs, with an IAM role by EKS Pod Identity.
   *
   * @example `"otlp"`
   */
  provider: TracingProvider;
  /** Percent of requests that are traced, 0 to 100; Istio heeds two decimals. @defaultValue `1` @example `10` */
  samplingPercentage?: number;
  /**
   * With `otlp`: full name of the collector's Service.
   *
   * @defaultValue the add-on `jaeger`, if it is on
   * @example `"otel-collector.observability.svc.cluster.local"`
   */
  service?: string;
  /** With `otlp`: its port for OTLP over gRPC, 1 to 65535. @defaultValue `4317` @example `14317` */
  port?: number;
  /** Tags on each span, the same everywhere. @example `{ environment: "production" }` */
  customTags?: { [name: string]: string };
  /** With `xray`: the chart of the collector, https://github.com/open-telemetry/opentelemetry-helm-charts */
  collector?: AddonArgs;
}

const tracingShape = shape({
  provider: field(choice(TracingProvider, { opentelemetry: 'write "otlp"', "x-ray": 'write "xray"' })),
  samplingPercentage: field(percentage).optional(),
  service: field(serviceHost).optional(),
  port: field(wholeNumber(1, 65_535)).optional(),
  customTags: mapOf(field(anyText)).optional(),
  collector: addonShape.optional(),
} satisfies Record<keyof TracingArgs, z.ZodType>);

export const telemetryShape = shape({
  accessLogs: field(choice(AccessLogs, { none: 'write "off"', stdout: 'write "text" or "json"' })).optional(),
  tracing: tracingShape.optional(),
} satisfies Record<keyof TelemetryArgs, z.ZodType>);
